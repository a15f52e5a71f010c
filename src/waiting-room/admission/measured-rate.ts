/** Admissions that the rate is measured over. */
const RATE_WINDOW_MS = 120_000;
/** The first admissions would else be a rate of thousands. */
const MIN_SPAN_MS = 10_000;

/** Admissions of the last two minutes. */
export class MeasuredRate {
  #steps: { atMs: number; count: number }[] = [];

  record(at: Date, count: number): void {
    if (count > 0) this.#steps.push({ atMs: at.getTime(), count });
  }

  /** Admissions per minute; null if there were none. */
  perMinute(now: Date): number | null {
    const sinceMs = now.getTime() - RATE_WINDOW_MS;
    this.#steps = this.#steps.filter(({ atMs }) => atMs > sinceMs);
    const [first] = this.#steps;
    if (first === undefined) return null;
    const spanMs = Math.max(MIN_SPAN_MS, now.getTime() - first.atMs);
    return (this.#steps.reduce((sum, { count }) => sum + count, 0) * 60_000) / spanMs;
  }
}
