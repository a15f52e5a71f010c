/** Maximum of the first delay; each failure doubles it. */
const INITIAL_DELAY_MS = 500;
/** Maximum delay, also for a server's hint. */
const MAX_DELAY_MS = 30_000;

/** Exponential backoff with full jitter, so that clients disconnected together do not reconnect together. */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Start over from the first delay, after a success. */
  reset(): void {
    this.#failures = 0;
  }

  /** The delay before the next attempt. A hint of the server overrides the backoff, up to the maximum. */
  next(hintMs: number | null): number {
    const ceiling = Math.min(MAX_DELAY_MS, INITIAL_DELAY_MS * 2 ** this.#failures++);
    return hintMs === null
      ? this.#random() * ceiling
      : Math.min(hintMs, MAX_DELAY_MS) + this.#random() * INITIAL_DELAY_MS;
  }
}

/** Resolve after `ms`, or when `signal` is aborted. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
