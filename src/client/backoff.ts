/** The first delay, at most; each further one doubles it. */
const INITIAL_MS = 500;
/** Nobody waits longer than this for a map. */
const MAX_MS = 30_000;

/** How long to wait before trying again: random, so that those who were cut off together do not come back together. */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** It went well: the next failure is the first. */
  reset(): void {
    this.#failures = 0;
  }

  /** The delay before the next try. What the server asked for counts for more, but no more than anybody should wait. */
  next(hintMs: number | null): number {
    const ceiling = Math.min(MAX_MS, INITIAL_MS * 2 ** this.#failures++);
    return hintMs === null
      ? this.#random() * ceiling
      : Math.min(hintMs, MAX_MS) + this.#random() * INITIAL_MS;
  }
}

/** Wait, or until `signal` says that there is no need to. */
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
