import type { SeatingBlock } from './venue-geometry.ts';

/**
 * Choose the number of seats per row so that the total is exactly `seats`. The surplus is spread evenly over all rows,
 * which widens aisles instead of cutting single rows short. Returns one list per block, one count per row, possibly 0.
 */
export function trimRows(blocks: readonly SeatingBlock[], seats: number): number[][] {
  const counts = blocks.map((block) => block.rows.map((row) => row.maxSeats));
  const all = counts.flatMap((rows, block) => rows.map((_, row) => [block, row] as const));
  const trimmable = all.filter(([block]) => blocks[block]?.fixed !== true);
  let surplus = counts.flat().reduce((sum, count) => sum + count, 0) - seats;
  if (surplus < 0) throw new RangeError(`room for ${seats + surplus} seats, ${seats} requested`);

  // as in Bresenham's line algorithm: row k gives the difference of two rounded running totals
  const total = surplus;
  trimmable.forEach(([block, row], k) => {
    const count = counts[block]?.[row] ?? 0;
    const share =
      Math.floor(((k + 1) * total) / trimmable.length) - Math.floor((k * total) / trimmable.length);
    const removed = Math.min(share, Math.max(0, count - 1), surplus);
    surplus -= removed;
    set(counts, block, row, count - removed);
  });
  // a small capacity in a large geometry: remove whole rows, from the back
  for (const [block, row] of [...trimmable.toReversed(), ...all.toReversed()]) {
    const count = counts[block]?.[row] ?? 0;
    const removed = Math.min(count, surplus);
    surplus -= removed;
    set(counts, block, row, count - removed);
  }
  return counts;
}

function set(counts: number[][], block: number, row: number, count: number): void {
  const rows = counts[block];
  if (rows !== undefined) rows[row] = count;
}
