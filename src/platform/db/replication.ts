import { setTimeout as pause } from 'node:timers/promises';

import type { Platform } from '../index.ts';
import type { CommittedChanges } from './replication-inbox.ts';
import { ensureSlot, nameGeneration, readSlotLag } from './replication-slot.ts';
import { streamSlot } from './replication-stream.ts';
import { sqlStateOf } from './sql-state.ts';

export type { RowChange } from './replication-inbox.ts';

/**
 * What the reader of a slot is told.
 *
 * held       the slot is ours from here on. Under another generation than before it was made anew, and what was derived
 *            so far has to be built again: nobody knows what it lacks
 * changes    what was committed, in order; some of it perhaps for the second time. `after` is where the log was before
 * caught-up  there is no more at this moment; comes every second while that is so
 */
export type SlotEvent =
  | { kind: 'held'; generation: string }
  | (Pick<CommittedChanges, 'kind' | 'changes' | 'committedAt'> & { after: bigint })
  | { kind: 'caught-up' };

/** What reading a slot takes. */
export interface SlotReaderParts {
  databaseUrl: string;
  /** Which changes; the slot is named after it. */
  publication: string;
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  signal: AbortSignal;
  /** Of what was told and is not done although more is asked for, the earliest `after`. Null: nothing is left undone. */
  undone?: () => bigint | null;
}

/** While another worker reads the slot, so often to try whether it still does. */
const TRY_AGAIN_MS = 1_000;
/** After an error: at once nearly, then more and more slowly. */
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 10_000;
/** "replication slot … is active for PID …" */
const OBJECT_IN_USE = '55006';

/**
 * Follow the write-ahead log through a permanent slot, until the signal is given. Asking for the next news acknowledges
 * the last, but for what is `undone`: that is told again, to us or to whoever reads the slot then. One process reads at a
 * time, the others wait for it to go; broken connections are replaced, and a slot that is missing or lost is made anew.
 */
export async function* readSlot(parts: SlotReaderParts): AsyncGenerator<SlotEvent, void> {
  const { databaseUrl, publication, platform, signal, undone = () => null } = parts;
  const { db, log, metrics } = platform;
  let backoffMs = FIRST_BACKOFF_MS;
  while (!signal.aborted) {
    let waitMs: number;
    try {
      const slot = await orAborted(signal, ensureSlot(db, publication)); // which may wait for long transactions
      if (slot.made !== null) {
        metrics.slotRebuilds.inc({ slot: publication });
        if (slot.made === 'first') log.info({ slot: slot.name }, 'replication slot made');
        else log.warn({ slot: slot.name }, 'replication slot made anew: what follows it is built again');
      }
      for await (const item of streamSlot({ databaseUrl, slot, publication, signal, undone })) {
        if (item.kind === 'started') {
          backoffMs = FIRST_BACKOFF_MS;
          metrics.slotTakeovers.inc({ slot: publication });
          log.info({ slot: slot.name }, 'replication slot taken over');
          yield { kind: 'held', generation: await nameGeneration(db, slot.name) };
          continue;
        }
        const waitedMs = item.kind === 'changes' ? Date.now() - item.committedAt.getTime() : 0;
        metrics.slotBehindSeconds.set({ slot: publication }, Math.max(0, waitedMs) / 1_000);
        yield item;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (sqlStateOf(error) === OBJECT_IN_USE) {
        log.trace({ slot: publication }, 'another worker reads the replication slot');
        waitMs = TRY_AGAIN_MS;
      } else {
        log.warn({ err: error, slot: publication, againInMs: backoffMs }, 'replication slot cannot be read');
        waitMs = backoffMs;
        backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
      }
    }
    await pause(waitMs, undefined, { signal }).catch(() => {}); // woken up to stop
  }
}

/** Publish how far the reader of a slot is behind, whoever that is. */
export async function measureSlot(
  { db, metrics }: Pick<Platform, 'db' | 'metrics'>,
  publication: string,
): Promise<void> {
  const bytes = await readSlotLag(db, publication);
  if (bytes !== null) metrics.slotLagBytes.set({ slot: publication }, bytes);
}

async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
