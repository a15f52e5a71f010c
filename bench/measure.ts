/** One side of a ratio. `run` measures it once; the unit of the result is the row's. */
export interface Side {
  name: string;
  run: () => Promise<number>;
}

/** One row of the table. */
export interface Row {
  id: string;
  title: string;
  ratio: { median: number; lowest: number; highest: number };
  unit: string;
  sides: { name: string; values: number[] }[];
  /** Observed errors and checks. */
  notes: string[];
}

/** The fewest rounds with a median; the load shares two cores with the server, so more would add no precision. */
const DEFAULT_ROUNDS = 3;

/** Run both sides alternately, A B A B A B, so that other load on the machine affects both; the ratio is per round. */
export async function measureRatio(
  id: string,
  title: string,
  numerator: Side,
  denominator: Side,
  notes: () => Promise<string[]> = async () => [],
  { unit = 'per second', rounds = DEFAULT_ROUNDS } = {},
): Promise<Row> {
  const above: number[] = [];
  const below: number[] = [];
  for (let round = 0; round < rounds; round++) {
    above.push(await numerator.run());
    below.push(await denominator.run());
  }
  const ratios = above.map((value, round) => value / below[round]!).toSorted((a, b) => a - b);
  return {
    id,
    title,
    ratio: { median: median(ratios), lowest: ratios[0]!, highest: ratios.at(-1)! },
    unit,
    sides: [
      { name: numerator.name, values: above },
      { name: denominator.name, values: below },
    ],
    notes: await notes(),
  };
}

/** Return the middle value; of an even number of values the upper of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Return the smallest value that is at least as large as `share` of all values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Format a number with the digits that a shared machine reproduces. */
export function formatNumber(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 0.1 ? value.toFixed(2) : value.toFixed(3);
}
