import type { SeatingBlock } from './venue-geometry.ts';

/** Letters on rows; I and O are left out, for they look like 1 and 0. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Name the rows of a theatre: A, B, … Z, AA, BB, … ZZ, AAA. */
function letterLabel(index: number): string {
  const letter = LETTERS[index % LETTERS.length] ?? 'A';
  return letter.repeat(Math.floor(index / LETTERS.length) + 1);
}

/** Name the rows of a block, front to back. */
export function rowLabel(names: SeatingBlock['rowNames'], index: number): string {
  if (names === 'LETTERS') return letterLabel(index);
  return names === 'TABLES' ? `Table ${index + 1}` : String(index + 1);
}
