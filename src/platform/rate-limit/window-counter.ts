import { LRUCache } from 'lru-cache';

/** Least recently used keys are forgotten beyond this, so that strangers cannot fill memory: about 20 MB. */
const MAX_KEYS = 100_000;

/** State of a window after a use. */
export interface WindowUse {
  used: number;
  msLeft: number;
}

/** Counts per key in fixed windows, in this process. A window begins with the first use. */
export class WindowCounter {
  readonly #windowMs: number;
  readonly #windows: LRUCache<string, { used: number; endsAt: number }>;

  constructor(windowSeconds: number, maxKeys = MAX_KEYS) {
    this.#windowMs = windowSeconds * 1_000;
    this.#windows = new LRUCache({ max: maxKeys });
  }

  /** Add points, or give some back. */
  use(key: string, points: number): WindowUse {
    const now = Date.now();
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { used: 0, endsAt: now + this.#windowMs };
      if (points > 0) this.#windows.set(key, window);
    }
    window.used = Math.max(0, window.used + points); // what is given back may belong to the window before
    return { used: window.used, msLeft: window.endsAt - now };
  }
}
