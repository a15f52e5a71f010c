import { LRUCache } from 'lru-cache';

/** Least recently used keys are forgotten beyond this, so that strangers cannot fill memory: about 20 MB. */
const MAX_KEYS = 100_000;

/** State of a window after a use. */
export interface WindowUse {
  used: number;
  msLeft: number;
}

/** State of a window after a use in this process. */
export interface LocalUse extends WindowUse {
  /** Of `used`, what this process has counted itself. */
  here: number;
}

interface Window {
  here: number;
  /** What other processes had counted when this one last learnt of it. */
  elsewhere: number;
  endsAt: number;
}

/** Counts per key in fixed windows, in this process. A window begins with the first use. */
export class WindowCounter {
  readonly #windowMs: number;
  readonly #windows: LRUCache<string, Window>;

  constructor(windowSeconds: number, maxKeys = MAX_KEYS) {
    this.#windowMs = windowSeconds * 1_000;
    this.#windows = new LRUCache({ max: maxKeys });
  }

  /** Number of keys that are kept. */
  get size(): number {
    return this.#windows.size;
  }

  /** Add points, or give some back. */
  use(key: string, points: number): LocalUse {
    const now = Date.now();
    const window = this.#current(key, now, points > 0);
    window.here = Math.max(0, window.here + points); // what is given back may belong to the window before
    return { used: window.here + window.elsewhere, here: window.here, msLeft: window.endsAt - now };
  }

  /** Take over what all processes together have counted, so that this one can go on from there by itself. */
  learn(key: string, { used, msLeft }: WindowUse): void {
    const now = Date.now();
    const window = this.#current(key, now, true);
    window.elsewhere = Math.max(0, used - window.here);
    window.endsAt = Math.min(window.endsAt, now + msLeft); // never later: an emptied store begins a window of its own
  }

  #current(key: string, now: number, keep: boolean): Window {
    const known = this.#windows.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    const window = { here: 0, elsewhere: 0, endsAt: now + this.#windowMs };
    if (keep) this.#windows.set(key, window);
    return window;
  }
}
