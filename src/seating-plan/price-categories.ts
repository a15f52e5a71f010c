/** How the seats of a house are shared among its categories, dearest first, by number of categories. */
const SHARES: Record<number, readonly number[]> = {
  3: [0.3, 0.4, 0.3],
  4: [0.15, 0.3, 0.3, 0.25],
  5: [0.1, 0.2, 0.3, 0.25, 0.15],
  6: [0.06, 0.14, 0.2, 0.25, 0.2, 0.15],
};

/** How many categories a house of so many seats has: 3 to 6. */
function categoryCount(seats: number): number {
  if (seats < 1_000) return 3;
  if (seats < 6_000) return 4;
  return seats < 30_000 ? 5 : 6;
}

/**
 * Give each row a category by how good it is, so that the categories get about their share of the seats. Rows of the
 * same score stay together, so a small house may end up with fewer. Answers one index per row, counting from 0 without a gap.
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
