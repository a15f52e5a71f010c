import { pause } from '../pause.ts';
import type { RedisHelper } from '../redis/client.ts';
import { SharedCounter } from './shared-counter.ts';

/**
 * Limit on writes to Stripe, which refuses more than so many a second with 429, of every process on the account. It counts in Redis
 * across processes, or per process while Redis is unavailable.
 */
export interface StripeWrites {
  /** Take the writes of a buyer, who waits for the answer. A refused take leaves no trace. */
  takeForBuyer(writes: number): Promise<WritesTaken>;
  /** Wait for the turn of a write that no buyer waits for. `false`: there was none; a later retry has more luck. */
  waitInBackground(): Promise<boolean>;
}

/** Writes of a buyer that were permitted, or refused. */
interface WritesTaken {
  /** `null`: permitted. */
  retryAfterSeconds: number | null;
  /** Uncount them: nothing was sent. */
  giveBack(): Promise<void>;
}

const WINDOW_SECONDS = 1;
/** What buyers leave to the background at any time, so that recovery and refunds go on during a sale. */
const BACKGROUND_SHARE = 0.1;
/** Of the limit: where buyers and the background have used so much, the background takes its share alone. */
const YIELD_AT = 0.5;
/** Bounds how long a job waits for its turn. */
const MAX_TURNS = 5;

/** Open the limit of `perSecond` writes. `wait` is replaced in tests. */
export function openStripeWrites(redis: RedisHelper, perSecond: number, wait = pause): StripeWrites {
  const all = new SharedCounter(redis, 'stripe-writes', WINDOW_SECONDS);
  const background = new SharedCounter(redis, 'stripe-background', WINDOW_SECONDS);
  const share = Math.max(1, Math.floor(perSecond * BACKGROUND_SHARE));
  const forBuyers = Math.max(1, perSecond - share);

  async function takeInBackground(): Promise<number | null> {
    const mine = await background.use('all', 1);
    const total = await all.use('all', 1);
    if (mine.used <= share || total.used <= perSecond * YIELD_AT) return null;
    await Promise.all([background.use('all', -1), all.use('all', -1)]);
    return Math.max(mine.msLeft, total.msLeft, 0);
  }

  return {
    async takeForBuyer(writes) {
      const { used, msLeft } = await all.use('all', writes);
      const giveBack = async () => void (await all.use('all', -writes));
      // The first of a second always, whatever it takes.
      if (used <= forBuyers || used === writes) return { retryAfterSeconds: null, giveBack };
      await giveBack();
      return { retryAfterSeconds: Math.max(1, Math.ceil(msLeft / 1_000)), giveBack: async () => {} };
    },
    async waitInBackground() {
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        const waitMs = await takeInBackground();
        if (waitMs === null) return true;
        await wait(waitMs + 1);
      }
      return false;
    },
  };
}
