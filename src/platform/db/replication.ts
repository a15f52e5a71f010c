import { setTimeout as pause } from 'node:timers/promises';

import type { Platform } from '../index.ts';
import type { CommittedChanges, RowChange } from './replication-inbox.ts';
import { ensureSlot, nameGeneration, readSlotLag } from './replication-slot.ts';
import { streamSlot } from './replication-stream.ts';
import { sqlStateOf } from './sql-state.ts';

export type { RowChange } from './replication-inbox.ts';

/**
 * Events of a replication slot.
 *
 * acquired   this process reads the slot from here on. With another generation than before the slot was created again, and
 *            data derived so far must be rebuilt, as it may lack changes
 * changes    committed changes, in order, at least once. `after` is the position in the log before them
 * caught-up  no more changes at the moment; repeated every second
 */
export type SlotEvent =
  | { kind: 'acquired'; generation: string }
  | (Pick<CommittedChanges, 'kind' | 'changes' | 'committedAt'> & { after: bigint })
  | { kind: 'caught-up' };

export interface SlotReaderParts {
  databaseUrl: string;
  /** The publication to follow; the slot is named after it. */
  publication: string;
  /** Publications that the slot is read with, too. */
  furtherPublications?: readonly string[];
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  signal: AbortSignal;
  /** The earliest `after` of delivered changes that are not applied yet, although more were requested. Null: none. */
  oldestUnwrittenLsn?: () => bigint | null;
  /** Called when this process reads the slot no more, until it acquires it again. */
  onLost?: () => Promise<void>;
  /**
   * Key of a change, for readers that need to know no more than that there was one: of the changes of a transaction with the
   * same key only the first is delivered, of those without a key (null) none. Absent: all are.
   */
  keyOf?: (change: RowChange) => string | null;
}

/** Interval of attempts to acquire a slot that another worker reads. */
const ACQUIRE_RETRY_MS = 1_000;
/** Exponential backoff after an error. */
const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 10_000;
/** "replication slot … is active for PID …" */
const OBJECT_IN_USE = '55006';

/**
 * Read the write-ahead log through a permanent slot until the signal aborts. Requesting the next event acknowledges the
 * previous one, up to the position that `oldestUnwrittenLsn` returns; later changes are delivered again, to this or the next reader.
 * One process reads at a time, the others wait. Broken connections are replaced; a missing or lost slot is created.
 */
export async function* readSlot(parts: SlotReaderParts): AsyncGenerator<SlotEvent, void> {
  const { databaseUrl, publication, platform, signal, oldestUnwrittenLsn = () => null, keyOf = null } = parts;
  const publications = [publication, ...(parts.furtherPublications ?? [])];
  const { db, log, metrics } = platform;
  const { onLost } = parts;
  let backoffMs = MIN_BACKOFF_MS;
  while (!signal.aborted) {
    let waitMs: number;
    let read: string | null = null;
    try {
      const slot = await orAborted(signal, ensureSlot(db, publications)); // may wait for long transactions
      if (slot.created !== null) {
        metrics.slotRebuilds.inc({ slot: slot.name });
        if (slot.created === 'first') log.info({ slot: slot.name }, 'replication slot created');
        else log.warn({ slot: slot.name }, 'replication slot recreated: derived data is rebuilt');
      }
      for await (const item of streamSlot({
        databaseUrl,
        slot,
        publications,
        signal,
        oldestUnwrittenLsn,
        keyOf,
      })) {
        if (item.kind === 'started') {
          read = slot.name;
          backoffMs = MIN_BACKOFF_MS;
          metrics.slotTakeovers.inc({ slot: slot.name });
          log.info({ slot: slot.name }, 'replication slot acquired');
          yield { kind: 'acquired', generation: await nameGeneration(db, slot.name) };
          continue;
        }
        const waitedMs = item.kind === 'changes' ? Date.now() - item.committedAt.getTime() : 0;
        metrics.slotBehindSeconds.set({ slot: slot.name }, Math.max(0, waitedMs) / 1_000);
        yield item;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (sqlStateOf(error) === OBJECT_IN_USE) {
        log.trace({ slot: publication }, 'replication slot busy: read by another worker');
        waitMs = ACQUIRE_RETRY_MS;
      } else {
        log.warn({ err: error, slot: publication, retryInMs: backoffMs }, 'replication slot read failed');
        waitMs = backoffMs;
        backoffMs = Math.min(2 * backoffMs, MAX_BACKOFF_MS);
      }
    } finally {
      if (read !== null) {
        metrics.slotBehindSeconds.remove({ slot: read }); // another process may read it now
        await onLost?.();
      }
    }
    await pause(waitMs, undefined, { signal }).catch(() => {}); // aborted by shutdown
  }
}

/** Update the metric of the slot's lag, whichever worker reads the slot. Returns its name; null: there is none. */
export async function measureSlot(
  { db, metrics }: Pick<Platform, 'db' | 'metrics'>,
  publication: string,
): Promise<string | null> {
  const lag = await readSlotLag(db, publication);
  if (lag === null) return null;
  metrics.slotLagBytes.set({ slot: lag.name }, lag.bytes);
  return lag.name;
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
