import { sql } from 'drizzle-orm';

import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { expireOverdue, findEventsWithHolds } from '../store/overdue.ts';

/** Reservations per transaction: a few milliseconds, so that no buyer waits for the sweeper. */
const DEFAULT_BATCH_SIZE = 100;
/** Per run, so that the search for Events is repeated; the next run continues. */
const MAX_BATCHES = 400;
/** Events per statement of the search. */
const MAX_EVENTS_PER_PAGE = 1_000;
/** Events swept at a time: one whose transaction hangs delays the others by half. */
const MAX_CONCURRENT_EVENTS = 2;
/** A statement that takes longer ends its batch, which the next run tries again. */
const STATEMENT_TIMEOUT_MS = 2_000;
/** More Events than that fail together when Postgres does, not by themselves. */
const MAX_FAILED_EVENTS = 20;

type SweepPlatform = Pick<Platform, 'db' | 'metrics' | 'log'>;

/**
 * Sweep holds that have run out, and return their number. Their tickets are available before the sweep, too; the row
 * updates reach the seat maps. Concurrent sweeps skip each other's rows.
 *
 * Events take turns, a batch each. One whose batch fails is left to the next run, and stops no other.
 */
export async function expireReservations(
  platform: SweepPlatform,
  { batch = DEFAULT_BATCH_SIZE }: { batch?: number } = {},
): Promise<number> {
  const sweep = new ExpirySweep(platform, batch);
  try {
    for (let after: string | null = null; ;) {
      const found = await findEventsWithHolds(platform.db, { after, limit: MAX_EVENTS_PER_PAGE });
      await sweep.run(found.filter(({ isOverdue }) => isOverdue).map(({ eventId }) => eventId));
      if (found.length < MAX_EVENTS_PER_PAGE || sweep.isExhausted) break;
      after = found.at(-1)!.eventId;
    }
  } finally {
    platform.metrics.expiredHolds.inc(sweep.expired);
    if (sweep.expired > 0) platform.log.info({ reservations: sweep.expired }, 'holds expired');
  }
  return sweep.expired;
}

/** One run over all Events. */
class ExpirySweep {
  expired = 0;
  #batches = 0;
  #failed = 0;
  readonly #platform: SweepPlatform;
  readonly #batchSize: number;

  constructor(platform: SweepPlatform, batchSize: number) {
    this.#platform = platform;
    this.#batchSize = batchSize;
  }

  get isExhausted(): boolean {
    return this.#batches >= MAX_BATCHES;
  }

  /** Sweep Events until each is done, has failed, or the run is exhausted. */
  async run(eventIds: readonly string[]): Promise<void> {
    const queue = [...eventIds];
    const work = async () => {
      for (let eventId = queue.shift(); eventId !== undefined && !this.isExhausted; eventId = queue.shift()) {
        if (await this.#sweepBatch(eventId)) queue.push(eventId); // behind the others
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT_EVENTS }, work));
  }

  /** Returns whether there may be more. */
  async #sweepBatch(eventId: string): Promise<boolean> {
    this.#batches++;
    try {
      const { found, expired } = await inTransaction(
        this.#platform,
        'booking.expireReservations',
        async (tx) => {
          await tx.execute(sql`set local statement_timeout = ${sql.raw(String(STATEMENT_TIMEOUT_MS))}`);
          return expireOverdue(tx, { eventId, atMost: this.#batchSize });
        },
      );
      this.expired += expired;
      return found === this.#batchSize && expired > 0; // of what stays, a ticket is locked
    } catch (error) {
      this.#platform.metrics.failedExpirySweeps.inc();
      this.#platform.log.warn({ err: error, eventId }, 'expiry of holds failed');
      if (++this.#failed > MAX_FAILED_EVENTS) throw error;
      return false;
    }
  }
}
