/** Latencies are counted by the millisecond up to this one. */
const MAX_LATENCY_MS = 30_000;

/** Latencies of one operation, as counts by the millisecond. */
export type Latencies = Record<number, number>;

/** What the people of one process did, in numbers. */
export interface Numbers {
  outcomes: Record<string, number>;
  latencies: Record<string, Latencies>;
}

/** Counts outcomes, and how long the server took. */
export class Tally {
  readonly numbers: Numbers = { outcomes: {}, latencies: {} };

  count(outcome: string): void {
    this.numbers.outcomes[outcome] = (this.numbers.outcomes[outcome] ?? 0) + 1;
  }

  answered(operation: string, ms: number): void {
    const latencies = (this.numbers.latencies[operation] ??= {});
    const slot = Math.min(MAX_LATENCY_MS, Math.round(ms));
    latencies[slot] = (latencies[slot] ?? 0) + 1;
  }
}

/** Add the numbers of several processes. */
export function addNumbers(all: readonly Numbers[]): Numbers {
  const sum: Numbers = { outcomes: {}, latencies: {} };
  for (const { outcomes, latencies } of all) {
    for (const [name, count] of Object.entries(outcomes))
      sum.outcomes[name] = (sum.outcomes[name] ?? 0) + count;
    for (const [name, counts] of Object.entries(latencies)) {
      const into = (sum.latencies[name] ??= {});
      for (const [ms, count] of Object.entries(counts)) into[+ms] = (into[+ms] ?? 0) + count;
    }
  }
  return sum;
}

/** The latency that a share of the answers did not exceed. */
export function percentile(latencies: Latencies, share: number): number {
  const sorted = Object.entries(latencies)
    .map(([ms, count]) => [Number(ms), count] as const)
    .sort(([a], [b]) => a - b);
  let left = share * sorted.reduce((sum, [, count]) => sum + count, 0);
  for (const [ms, count] of sorted) if ((left -= count) <= 0) return ms;
  return 0;
}
