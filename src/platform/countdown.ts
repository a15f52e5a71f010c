/** Calls `onEnd` once `remainingMs` have passed, without those of works that do not count, unless it is stopped before. */
export class Countdown {
  readonly #onEnd: () => void;
  #remainingMs: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Works that do not count; until all of them end, no time passes. */
  #exempt = 0;
  #isStopped = false;

  constructor(remainingMs: number, onEnd: () => void) {
    this.#remainingMs = remainingMs;
    this.#onEnd = onEnd;
    this.#start();
  }

  /** Run work whose time does not count. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    if (this.#exempt++ === 0) this.#pause();
    try {
      return await work();
    } finally {
      if (--this.#exempt === 0) this.#start();
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #start(): void {
    if (this.#isStopped) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#onEnd, Math.max(0, this.#remainingMs));
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#remainingMs -= performance.now() - this.#startedAt;
  }
}
