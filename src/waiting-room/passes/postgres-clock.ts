/**
 * The clock of Postgres, as last measured and carried on by this process's monotonic clock: a wall clock that is an hour off,
 * or set while the process runs, changes nothing.
 */
export class PostgresClock {
  readonly #monotonicMs: () => number;
  #offsetMs: number | null = null;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs;
  }

  /** Measure it; off by at most half the duration of the read. */
  async measure(readNow: () => Promise<Date>): Promise<void> {
    const askedAt = this.#monotonicMs();
    const now = await readNow();
    this.#offsetMs = now.getTime() - (askedAt + this.#monotonicMs()) / 2;
  }

  /** Milliseconds since 1970. */
  get nowMs(): number {
    if (this.#offsetMs === null) throw new Error('the clock was not measured yet');
    return this.#monotonicMs() + this.#offsetMs;
  }
}
