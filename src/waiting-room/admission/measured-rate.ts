/** Admissions that the rate is measured over. */
const RATE_WINDOW_MS = 120_000;
/** A step admits what a second has filled. */
const STEP_MS = 1_000;

/** Admissions of the last two minutes. */
export class MeasuredRate {
  #steps: { atMs: number; count: number }[] = [];

  record(at: Date, count: number): void {
    if (count > 0) this.#steps.push({ atMs: at.getTime(), count });
  }

  /** Admissions per minute, at most what the room allows: a burst would else be a rate of thousands. Null if there were none. */
  perMinute(now: Date, maxPerMinute: number): number | null {
    const sinceMs = now.getTime() - RATE_WINDOW_MS;
    this.#steps = this.#steps.filter(({ atMs }) => atMs > sinceMs);
    const [first] = this.#steps;
    if (first === undefined) return null;
    const spanMs = Math.max(0, now.getTime() - first.atMs) + STEP_MS;
    const count = this.#steps.reduce((sum, step) => sum + step.count, 0);
    return Math.min(maxPerMinute, (count * 60_000) / spanMs);
  }
}
