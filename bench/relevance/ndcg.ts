/** Ranks that count. */
export const DEPTH = 10;

/** Normalised discounted cumulative gain of the first ten grades: 1 where no order of `all` would be better, 0 if none is relevant. */
export function ndcg(grades: readonly number[], all: readonly number[]): number {
  const ideal = gainOf(all.toSorted((a, b) => b - a));
  return ideal === 0 ? 0 : gainOf(grades) / ideal;
}

/** A perfect Event counts seven times as much as a marginal one, and less the later it comes. */
const gainOf = (grades: readonly number[]): number =>
  grades.slice(0, DEPTH).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);

/** Mean; `null` of none. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
