import { setTimeout as pause } from 'node:timers/promises';

import { publishCatalogChanges } from '../../catalog/index.ts';
import { measureSlot, readSlot, type RowChange } from '../../platform/db/replication.ts';
import type { Platform } from '../../platform/index.ts';
import { Boards } from '../board/boards.ts';
import { BoardWriter } from './board-writer.ts';

/** Publication of tickets and of the catalogue, created by the migrations. */
const PUBLICATION = 'onsale_realtime';

/** A Redis restart takes less; beyond it this worker gives the slot up, and another may reach Redis. */
const MAX_REDIS_STALL_MS = 5_000;
const RETRY_INTERVAL_MS = 100;
const HEARTBEAT_INTERVAL_MS = 500;
/** A board that lacks a change for longer lags; a feed whose last change is older sends no heartbeat. */
const MAX_LAG_MS = 2_000;
const SLOT_METRICS_INTERVAL_MS = 5_000;
const REDIS_STALLED = 'Redis accepts no seat board writes';

/** Told of the Events whose tickets have changed, at least once. */
type OnTicketsChanged = (eventIds: ReadonlySet<string>) => void;

const eventsOf = (changes: readonly RowChange[]): Set<string> =>
  new Set(changes.filter(({ table }) => table === 'tickets').map(({ row }) => String(row['event_id'])));

/**
 * Replicate ticket changes from the write-ahead log to the seat boards, until disposed of. One of any number of workers owns
 * the slot; when it dies, another resumes. Changes that Redis has not accepted are not acknowledged, and are read again.
 */
export function replicateTickets(
  databaseUrl: string,
  platform: Pick<Platform, 'db' | 'redis' | 'log' | 'metrics'>,
  onTicketsChanged: OnTicketsChanged = () => {},
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const metricsTimer = setInterval(() => {
    measureSlot(platform, PUBLICATION).catch(() => {}); // an unavailable Postgres is logged elsewhere
  }, SLOT_METRICS_INTERVAL_MS);
  const running = (async () => {
    while (!signal.aborted) {
      try {
        if (platform.redis.available()) await replicate(databaseUrl, platform, onTicketsChanged, signal);
      } catch (error) {
        if (!signal.aborted) platform.log.warn({ err: error }, 'seat board replication failed, retrying');
      }
      await pause(RETRY_INTERVAL_MS, undefined, { signal }).catch(() => {}); // aborted at shutdown
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(metricsTimer);
      stopping.abort();
      await running;
    },
  };
}

async function replicate(
  databaseUrl: string,
  platform: Pick<Platform, 'db' | 'redis' | 'log' | 'metrics'>,
  onTicketsChanged: OnTicketsChanged,
  signal: AbortSignal,
): Promise<void> {
  const boards = new Boards(platform.redis);
  await using writer = new BoardWriter(boards, platform.redis);
  let generation = '';
  let heartbeatAt = -Infinity; // monotonic: a wall clock set back would stop the heartbeat for as long
  const heartbeat = async () => {
    if (performance.now() - heartbeatAt < HEARTBEAT_INTERVAL_MS) return;
    heartbeatAt = performance.now();
    if (await boards.writeHeartbeat({ generation, laggingEvents: writer.eventsBehindBy(MAX_LAG_MS) }))
      writer.recordProgress();
  };
  const oldestUnwrittenLsn = () => writer.oldestUnwrittenLsn;
  for await (const slotEvent of readSlot({
    databaseUrl,
    publication: PUBLICATION,
    platform,
    signal,
    oldestUnwrittenLsn,
  })) {
    if (slotEvent.kind === 'acquired') {
      generation = slotEvent.generation;
      writer.startGeneration(generation);
      continue;
    }
    if (slotEvent.kind === 'changes') {
      // catalogue changes first: once an Event is withdrawn, none of its later changes may reach a subscriber
      await retryUntilAccepted(() => publishCatalogChanges(platform, slotEvent.changes), signal);
      writer.enqueue(slotEvent.changes, slotEvent.after);
      onTicketsChanged(eventsOf(slotEvent.changes));
      while (writer.isFull()) await pause(RETRY_INTERVAL_MS, undefined, { signal });
    }
    if (slotEvent.kind === 'caught-up' || Date.now() - slotEvent.committedAt.getTime() < MAX_LAG_MS)
      void heartbeat();
    if (writer.stalledForMs() > MAX_REDIS_STALL_MS) throw new Error(REDIS_STALLED);
  }
}

/** Repeat `work` until Redis has accepted it. */
async function retryUntilAccepted(work: () => Promise<number | null>, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + MAX_REDIS_STALL_MS;
  while ((await work()) === null) {
    if (performance.now() > deadline) throw new Error(REDIS_STALLED);
    await pause(RETRY_INTERVAL_MS, undefined, { signal });
  }
}
