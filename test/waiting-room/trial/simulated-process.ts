import { vi } from 'vitest';

import type { Platform } from '../../../src/platform/index.ts';

/** Where the process of a controller dies within its step: after the proposal, the commit, or after Redis shows it. */
export type CrashPoint = 'propose' | 'commit' | 'apply';

/** The transaction between the proposal in Redis and its result. */
const COMMIT = 'waitingRoom.admit';

/** A process of a trial: it uses the stores that all use, and can be killed, suspended or have a wrong clock. */
export class SimulatedProcess {
  /** What its parts are opened with. */
  readonly platform: Platform;
  /** Its wall clock is off by so much. */
  skewMs = 0;
  crashAfter: CrashPoint | null = null;
  isKilled = false;
  #hasCommitted = false;
  #suspension: { reached: PromiseWithResolvers<void>; resumed: PromiseWithResolvers<void> } | null = null;
  /** It stands before a commit, until it is resumed. */
  isSuspended = false;

  /** `outage.isAway`: no process reaches Redis. */
  constructor(platform: Platform, outage: { readonly isAway: boolean }) {
    const { db, redis, metrics } = platform;
    const transaction: typeof db.transaction = async (work, config) => {
      const result = await db.transaction(work, config);
      this.#hasCommitted ||= this.#isCommitting;
      return result;
    };
    this.platform = {
      ...platform,
      db: Object.create(db, {
        transaction: {
          value: async (...args: Parameters<typeof transaction>) => {
            if (this.#isCommitting && this.#suspension !== null) {
              const { reached, resumed } = this.#suspension;
              this.isSuspended = true;
              reached.resolve();
              await resumed.promise;
            }
            return transaction(...args);
          },
        },
      }),
      redis: {
        ...redis,
        attempt: async (feature, key, fallback, work) => {
          this.#dieIfKilled();
          if (outage.isAway) return fallback;
          const result = await redis.attempt(feature, key, fallback, work);
          if (this.#hasCommitted) this.#reach('apply');
          return result;
        },
      },
      metrics: {
        ...metrics,
        transactionSeconds: {
          startTimer: ({ name }: { name: string }) => this.#onTransaction(name),
        } as never,
      },
    };
  }

  #isCommitting = false;

  #onTransaction(name: string): () => void {
    this.#dieIfKilled();
    if (name !== COMMIT) return () => {};
    this.#reach('propose');
    this.#isCommitting = true;
    return () => {
      this.#isCommitting = false;
      if (this.#hasCommitted) this.#reach('commit');
    };
  }

  #reach(point: CrashPoint): void {
    if (point === 'apply') this.#hasCommitted = false;
    if (this.crashAfter !== point) return;
    this.isKilled = true;
    this.#dieIfKilled();
  }

  #dieIfKilled(): void {
    if (this.isKilled) throw new Error('killed');
  }

  /** Stop before the next commit, as a long pause of the process does. */
  suspend(): void {
    this.#suspension ??= { reached: Promise.withResolvers(), resumed: Promise.withResolvers() };
  }

  resume(): void {
    this.#suspension?.resumed.resolve();
    this.#suspension = null;
    this.isSuspended = false;
  }

  /** Resolves with the work, or when it is suspended. */
  async untilSuspended(work: Promise<void>): Promise<void> {
    await (this.#suspension === null ? work : Promise.race([work, this.#suspension.reached.promise]));
  }

  /** Let the process work, under its own wall clock. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.skewMs === 0) return work();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + this.skewMs });
    try {
      return await work();
    } finally {
      vi.useRealTimers();
    }
  }
}
