/** One side of a ratio: what it is called, and how to run it once; answers operations per second, or what else is compared. */
export interface Side {
  name: string;
  run: () => Promise<number>;
}

/** What came of one row of the table. */
export interface Row {
  id: string;
  what: string;
  ratio: { median: number; lowest: number; highest: number };
  /** Of what the sides' values are. */
  unit: string;
  sides: { name: string; values: number[] }[];
  /** What else the reader should know: errors seen, checks made. */
  notes: string[];
}

/** Three rounds: the least that has a median, and two cores shared with the load do not deserve more precision. */
const ROUNDS = 3;

/**
 * Run both sides in turn, A B A B A B, so that whatever else the machine does falls on both; the ratio is taken
 * within each round.
 */
export async function measureRatio(
  id: string,
  what: string,
  numerator: Side,
  denominator: Side,
  notes: () => Promise<string[]> = async () => [],
  { unit = 'per second', rounds = ROUNDS } = {},
): Promise<Row> {
  const above: number[] = [];
  const below: number[] = [];
  for (let round = 0; round < rounds; round++) {
    above.push(await numerator.run());
    below.push(await denominator.run());
  }
  const ratios = above.map((rate, round) => rate / below[round]!).toSorted((a, b) => a - b);
  return {
    id,
    what,
    ratio: { median: median(ratios), lowest: ratios[0]!, highest: ratios.at(-1)! },
    unit,
    sides: [
      { name: numerator.name, values: above },
      { name: denominator.name, values: below },
    ],
    notes: await notes(),
  };
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** The value that a share of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
