import type { SeatingBlock } from './venue-geometry.ts';

/** Row letters without I and O, which look like 1 and 0. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Row label in a theatre: A, B, … Z, AA, BB, … ZZ, AAA. */
function letterLabel(index: number): string {
  const letter = LETTERS[index % LETTERS.length] ?? 'A';
  return letter.repeat(Math.floor(index / LETTERS.length) + 1);
}

/** Label of a row in its block, counted from the front. */
export function rowLabel(names: SeatingBlock['rowNames'], index: number): string {
  if (names === 'LETTERS') return letterLabel(index);
  return names === 'TABLES' ? `Table ${index + 1}` : String(index + 1);
}
