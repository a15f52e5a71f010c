import type { SeatingBlock } from './block.ts';

/** Letters on rows; I and O are left out, for they look like 1 and 0. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Name the rows of a theatre: A, B, … Z, AA, BB, … ZZ, AAA. */
function letterOfRow(index: number): string {
  const letter = LETTERS[index % LETTERS.length] ?? 'A';
  return letter.repeat(Math.floor(index / LETTERS.length) + 1);
}

/** Name the rows of a block, front to back. */
export function nameOfRow(names: SeatingBlock['rowNames'], index: number): string {
  if (names === 'LETTERS') return letterOfRow(index);
  return names === 'TABLES' ? `Table ${index + 1}` : String(index + 1);
}
