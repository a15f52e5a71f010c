import { setTimeout as pause } from 'node:timers/promises';

import { measureSlot, readSlot, type RowChange } from '../platform/db/replication.ts';
import type { Platform } from '../platform/index.ts';
import { Boards } from './boards.ts';
import { latestByPlace, letterOf, type PlaceChange } from './encoding.ts';

/** What the migrations publish of `tickets`. */
export const PUBLICATION = 'onsale_realtime';

/** Places in one delta: five milliseconds of Redis. */
const PLACES_AT_ONCE = 1_000;
/** Redis restarts within this; if it does not, another worker may have more luck with it. */
const REDIS_AWAY_FOR_MS = 5_000;
const TRY_AGAIN_MS = 100;
/** How often to say that the feed is in step; and how long ago a change may be for that. */
const ANNOUNCE_EVERY_MS = 500;
const IN_STEP_MS = 2_000;
const MEASURE_EVERY_MS = 5_000;

/**
 * Keep the seat boards in step with the tickets, until disposed of. Any number of workers may do this: one does, and
 * another goes on where it was when it dies. What Redis did not take is not acknowledged, and comes again.
 */
export function followTickets(
  databaseUrl: string,
  platform: Pick<Platform, 'db' | 'redis' | 'log' | 'metrics'>,
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const measuring = setInterval(() => {
    measureSlot(platform, PUBLICATION).catch(() => {}); // Postgres is away, and everybody says so
  }, MEASURE_EVERY_MS);
  const following = (async () => {
    while (!signal.aborted) {
      try {
        if (platform.redis.available()) await follow(databaseUrl, platform, signal);
      } catch (error) {
        if (!signal.aborted) platform.log.warn({ err: error }, 'seat boards wait');
      }
      await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => {}); // woken up to stop
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(measuring);
      stopping.abort();
      await following;
    },
  };
}

async function follow(
  databaseUrl: string,
  platform: Pick<Platform, 'db' | 'redis' | 'log' | 'metrics'>,
  signal: AbortSignal,
): Promise<void> {
  const boards = new Boards(platform.redis);
  let generation = '';
  let announcedAt = 0;
  const announce = async () => {
    if (Date.now() - announcedAt < ANNOUNCE_EVERY_MS) return;
    if (await boards.announceFeed(generation)) announcedAt = Date.now();
  };
  for await (const news of readSlot({ databaseUrl, publication: PUBLICATION, platform, signal })) {
    switch (news.kind) {
      case 'held':
        generation = news.generation;
        break;
      case 'changes':
        await writeDown(boards, generation, news.changes, signal);
        if (Date.now() - news.committedAt.getTime() < IN_STEP_MS) await announce();
        break;
      case 'caught-up':
        await announce();
        break;
    }
  }
}

async function writeDown(
  boards: Boards,
  generation: string,
  rows: readonly RowChange[],
  signal: AbortSignal,
): Promise<void> {
  const tickets = rows.filter(({ table }) => table === 'tickets').map(({ row }) => changeOf(row));
  const events = Map.groupBy(tickets, ({ eventId }) => eventId);
  await Promise.all(
    events.entries().map(async ([eventId, ofEvent]) => {
      const changes = latestByPlace(ofEvent);
      for (let from = 0; from < changes.length; from += PLACES_AT_ONCE) {
        const some = changes.slice(from, from + PLACES_AT_ONCE);
        await untilDone(() => boards.apply(generation, eventId, some), signal);
      }
    }),
  );
}

/** Do it until Redis has answered. Doing it twice is harmless: it has each version of each place once. */
async function untilDone(apply: () => Promise<number | null>, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + REDIS_AWAY_FOR_MS;
  while ((await apply()) === null) {
    if (Date.now() > deadline) throw new Error('Redis does not take changes of seat boards');
    await pause(TRY_AGAIN_MS, undefined, { signal });
  }
}

function changeOf(row: Record<string, unknown>): PlaceChange & { eventId: string } {
  return {
    eventId: String(row['event_id']),
    place: Number(row['place']),
    version: Number(row['version']),
    letter: letterOf(String(row['status'])),
  };
}
