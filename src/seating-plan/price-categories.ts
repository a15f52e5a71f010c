/** Share of the seats per category, most expensive first, by number of categories. */
const SHARES: Record<number, readonly number[]> = {
  3: [0.3, 0.4, 0.3],
  4: [0.15, 0.3, 0.3, 0.25],
  5: [0.1, 0.2, 0.3, 0.25, 0.15],
  6: [0.06, 0.14, 0.2, 0.25, 0.2, 0.15],
};

/** Number of categories for a number of seats: 3 to 6. */
function categoryCount(seats: number): number {
  if (seats < 1_000) return 3;
  if (seats < 6_000) return 4;
  return seats < 30_000 ? 5 : 6;
}

/**
 * Assign each row a category by its score, so that each category gets about its share of the seats. Rows of equal score
 * stay together, so a small venue may use fewer. Returns one index per row, from 0 without a gap.
 */
export function categoriesByScore(rows: readonly { score: number; seats: number }[]): number[] {
  const seats = rows.reduce((sum, row) => sum + row.seats, 0);
  const shares = SHARES[categoryCount(seats)] ?? [1];
  const bounds = shares.map(
    (_, index) => shares.slice(0, index + 1).reduce((sum, share) => sum + share, 0) * seats,
  );

  const seatsByScore = new Map<number, number>();
  for (const row of rows) {
    if (row.seats > 0) seatsByScore.set(row.score, (seatsByScore.get(row.score) ?? 0) + row.seats);
  }
  const categoryOfScore = new Map<number, number>();
  let [better, last, used] = [0, -1, -1];
  for (const [score, count] of [...seatsByScore].toSorted(([a], [b]) => a - b)) {
    const middle = better + count / 2;
    const category = bounds.findIndex((bound) => middle <= bound);
    if (category !== last) used++;
    last = category;
    categoryOfScore.set(score, used);
    better += count;
  }
  return rows.map((row) => categoryOfScore.get(row.score) ?? 0);
}
