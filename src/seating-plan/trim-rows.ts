import type { SeatingBlock } from './venue-geometry.ts';

/**
 * Decide how many seats each row gets, so that together they are exactly `seats`. Rows that fit more give up about
 * as many each, so that aisles get wider instead of some row ending short; the rows' neighbours are rows of the
 * same block. Answers one list per block, one count per row; a count may be 0.
 */
export function trimRows(blocks: readonly SeatingBlock[], seats: number): number[][] {
  const counts = blocks.map((block) => block.rows.map((row) => row.maxSeats));
  const all = counts.flatMap((rows, block) => rows.map((_, row) => [block, row] as const));
  const flat = all.filter(([block]) => blocks[block]?.fixed !== true);
  let surplus = counts.flat().reduce((sum, count) => sum + count, 0) - seats;
  if (surplus < 0) throw new RangeError(`room for ${seats + surplus} seats, asked for ${seats}`);

  // Bresenham's way of spreading: what row k gives is the step from its share to the next one's
  const share = surplus;
  flat.forEach(([block, row], k) => {
    const count = counts[block]?.[row] ?? 0;
    const asked = Math.floor(((k + 1) * share) / flat.length) - Math.floor((k * share) / flat.length);
    const given = Math.min(asked, Math.max(0, count - 1), surplus);
    surplus -= given;
    set(counts, block, row, count - given);
  });
  // a tiny house in a big drawing: rows at the back go altogether
  for (const [block, row] of [...flat.toReversed(), ...all.toReversed()]) {
    const count = counts[block]?.[row] ?? 0;
    const given = Math.min(count, surplus);
    surplus -= given;
    set(counts, block, row, count - given);
  }
  return counts;
}

function set(counts: number[][], block: number, row: number, count: number): void {
  const rows = counts[block];
  if (rows !== undefined) rows[row] = count;
}
