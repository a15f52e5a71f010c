import { setTimeout as delay } from 'node:timers/promises';

import { measureSlot, readSlot } from '../../platform/db/replication.ts';
import type { Platform } from '../../platform/index.ts';
import { resetIndexingGauges } from '../../platform/telemetry/indexing-metrics.ts';
import type { IndexingParts } from './indexing-parts.ts';
import { IndexingSession } from './indexing-session.ts';
import { keyOfChange } from './touched.ts';

/** Publication of the catalogue, created by the migrations; it names the slot. */
const SEARCH_PUBLICATION = 'onsale_search';
/** Publication of tickets: of updates alone, as putting an Event on sale inserts up to 100,000. */
const TICKETS_PUBLICATION = 'onsale_search_sales';

/** Pause after this process has given the slot up, so that another one can acquire it. */
const RELEASE_MS = 3_000;
const SLOT_METRICS_INTERVAL_MS = 5_000;

/**
 * Keep the search index in step with the catalogue, from the write-ahead log, until disposed of. One of any number of processes owns
 * the slot; when it dies, another continues. What Elasticsearch has not accepted is not acknowledged, and is read again.
 */
export function indexCatalogue(parts: IndexingParts): AsyncDisposable {
  const { platform } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      try {
        await parts.indices.read(); // a process that does not reach Elasticsearch leaves the slot to others
        await followSlot(parts, signal);
      } catch (error) {
        if (!signal.aborted) platform.log.warn({ err: error }, 'search indexing interrupted');
      }
      await delay(RELEASE_MS, undefined, { signal }).catch(() => {}); // aborted at shutdown
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * Measure the slot, if there is one, until disposed of: also where Elasticsearch was given up and no process follows it, as it retains
 * the log. `isFollowed`: this process follows it, or waits for it.
 */
export function watchSearchSlot(
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>,
  { isFollowed }: { isFollowed: boolean },
): Disposable {
  let isWarned = isFollowed;
  const measure = async () => {
    const slot = await measureSlot(platform, SEARCH_PUBLICATION);
    if (slot === null || isWarned) return;
    isWarned = true;
    platform.log.warn({ slot }, 'search slot is not followed: drop it');
  };
  const timer = setInterval(() => {
    measure().catch(() => {}); // an unavailable Postgres is logged elsewhere
  }, SLOT_METRICS_INTERVAL_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function followSlot(parts: IndexingParts, stopped: AbortSignal): Promise<void> {
  const { databaseUrl, platform } = parts;
  const failing = new AbortController();
  const signal = AbortSignal.any([stopped, failing.signal]);
  let session: IndexingSession | null = null;
  const end = async () => {
    await session?.[Symbol.asyncDispose]();
    session = null; // what it has not written is delivered again
    resetIndexingGauges(platform.metrics);
  };
  try {
    for await (const slotEvent of readSlot({
      ...{ databaseUrl, platform, signal, keyOf: keyOfChange },
      publication: SEARCH_PUBLICATION,
      furtherPublications: [TICKETS_PUBLICATION],
      oldestUnwrittenLsn: () => session?.oldestUnwrittenLsn ?? null,
      onLost: end,
    })) {
      if (slotEvent.kind === 'acquired') {
        session = await IndexingSession.open(parts, slotEvent.generation, (error) => failing.abort(error));
      } else if (slotEvent.kind === 'changes') {
        await session?.add(slotEvent.changes, slotEvent.after, slotEvent.committedAt);
      }
    }
  } finally {
    await end();
  }
  failing.signal.throwIfAborted();
}
