import { median } from './measure.ts';

/** Which rates are better: higher for throughput, lower for memory. */
export type Better = 'higher' | 'lower';

/** Measurements of one side, one per round. */
export interface SideRounds {
  rates: number[];
  /** Processor time per operation, in seconds. */
  cpuPerOperation: number[];
}

/** Result of one row. */
export interface Verdict {
  /** Median of new ÷ old per round. */
  ratio: number;
  /** Median processor time per operation, new ÷ old. */
  cpuRatio: number;
  passed: boolean;
}

/** A loss of up to 5 % is within the noise of a shared machine. */
const MIN_RATIO = 0.95;
const MAX_CPU_RATIO = 1.05;

/**
 * Compare a new server with an old one. It passes if the median ratio is at least 0.95, or at most 1 ÷ 0.95 where lower is
 * better; or if the ranges of both sides overlap and an operation takes at most 1.05 times the processor time.
 */
export function judge(newSide: SideRounds, oldSide: SideRounds, better: Better = 'higher'): Verdict {
  const ratio = median(newSide.rates.map((rate, round) => rate / oldSide.rates[round]!));
  const cpuRatio = median(newSide.cpuPerOperation) / median(oldSide.cpuPerOperation);
  const gain = better === 'higher' ? ratio : 1 / ratio;
  const rangesOverlap =
    Math.max(...newSide.rates) >= Math.min(...oldSide.rates) &&
    Math.max(...oldSide.rates) >= Math.min(...newSide.rates);
  return { ratio, cpuRatio, passed: gain >= MIN_RATIO || (rangesOverlap && cpuRatio <= MAX_CPU_RATIO) };
}
