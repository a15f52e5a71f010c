import type { RedisHelper } from '../redis/client.ts';
import { SharedCounter } from './shared-counter.ts';
import { WindowCounter, type LocalUse, type WindowUse } from './window-counter.ts';

/** The state of a limit after one more use. */
export interface Allowance {
  /** What is limited: `requests from one address`. */
  what: string;
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  resetSeconds: number;
}

/** A request that is counted in this process only. */
export interface LocalRequest {
  allowance: Allowance;
  /** Count it across all processes. */
  share: () => Promise<Allowance>;
}

const WINDOW_SECONDS = 60;

/** Counted in this process only; a refused use counts nothing. */
export function openLocalLimit(what: string, points: number) {
  const counter = new WindowCounter(WINDOW_SECONDS);
  const giveBack = (key: string, weight: number) => void counter.use(key, -weight);
  return {
    giveBack,
    use(key: string, weight: number): Allowance {
      const use = counter.use(key, weight);
      if (use.used > points) giveBack(key, weight);
      return allowanceOf(what, points, use, weight);
    },
  };
}

/** Counted across processes. */
export class Limit {
  readonly #what: string;
  readonly #points: number;
  readonly #counter: SharedCounter;

  constructor(redis: RedisHelper, name: string, what: string, points: number) {
    this.#what = what;
    this.#points = points;
    this.#counter = new SharedCounter(redis, name, WINDOW_SECONDS);
  }

  countHere(key: string): LocalRequest {
    const local = this.#counter.useHere(key, 1);
    return { allowance: this.#allowanceOf(local, 1), share: () => this.#share(key, local) };
  }

  /** A refused request stays counted: further ones are refused without a call to Redis. */
  count(key: string): Promise<Allowance> {
    return this.#share(key, this.#counter.useHere(key, 1));
  }

  async weigh(key: string, weight: number): Promise<Allowance> {
    const use = await this.#counter.use(key, weight);
    if (use.used > this.#points) await this.#counter.use(key, -weight);
    return this.#allowanceOf(use, weight);
  }

  async #share(key: string, local: LocalUse): Promise<Allowance> {
    const wasExceeded = local.used - 1 > this.#points; // no more calls to Redis then
    return this.#allowanceOf(wasExceeded ? local : await this.#counter.share(key, 1, local), 1);
  }

  #allowanceOf(use: WindowUse, weight: number): Allowance {
    return allowanceOf(this.#what, this.#points, use, weight);
  }
}

function allowanceOf(what: string, limit: number, { used, msLeft }: WindowUse, weight: number): Allowance {
  const allowed = used <= limit;
  return {
    what,
    allowed,
    limit,
    remaining: Math.max(0, limit - (allowed ? used : used - weight)), // what is refused does not count
    resetSeconds: Math.max(1, Math.ceil(msLeft / 1_000)),
  };
}
