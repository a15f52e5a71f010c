import { setTimeout as pause } from 'node:timers/promises';

import { announceCatalogChanges } from '../../catalog/index.ts';
import { measureSlot, readSlot } from '../../platform/db/replication.ts';
import type { Platform } from '../../platform/index.ts';
import { Boards } from '../board/boards.ts';
import { Backlog } from './board-writer.ts';

/** What the migrations publish of `tickets`. */
const PUBLICATION = 'onsale_realtime';

/** Redis restarts within this; if it does not, another worker may have more luck with it. */
const REDIS_AWAY_FOR_MS = 5_000;
const TRY_AGAIN_MS = 100;
/** How often to say that the feed is in step; and how long ago a change may be for that. */
const ANNOUNCE_EVERY_MS = 500;
const IN_STEP_MS = 2_000;
const MEASURE_EVERY_MS = 5_000;
const NOT_TAKEN = 'Redis does not take what has changed';

/**
 * Keep the seat boards in step with the tickets, until disposed of. Any number of workers may do this: one does, and
 * another goes on where it was when it dies. What Redis did not take is not acknowledged, and comes again.
 */
export function replicateTickets(
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
  await using backlog = new Backlog(boards, platform.redis);
  let generation = '';
  let announcedAt = -Infinity; // by a clock that nobody sets back: the heartbeat would stop for as long
  const announce = async () => {
    if (performance.now() - announcedAt < ANNOUNCE_EVERY_MS) return;
    announcedAt = performance.now();
    if (await boards.announceFeed({ generation, behind: backlog.behindFor(IN_STEP_MS) }))
      backlog.recordProgress();
  };
  const undone = () => backlog.undone;
  for await (const news of readSlot({ databaseUrl, publication: PUBLICATION, platform, signal, undone })) {
    if (news.kind === 'held') {
      generation = news.generation;
      backlog.startOver(generation);
      continue;
    }
    if (news.kind === 'changes') {
      // first who may see it, then what has changed: of an Event that was withdrawn nothing more is to be seen
      await untilDone(() => announceCatalogChanges(platform, news.changes), signal);
      backlog.add(news.changes, news.after);
      while (backlog.isFull()) await pause(TRY_AGAIN_MS, undefined, { signal });
    }
    if (news.kind === 'caught-up' || Date.now() - news.committedAt.getTime() < IN_STEP_MS) void announce();
    if (backlog.stuckForMs() > REDIS_AWAY_FOR_MS) throw new Error(NOT_TAKEN);
  }
}

/** Do it until Redis has answered. */
async function untilDone(work: () => Promise<number | null>, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + REDIS_AWAY_FOR_MS;
  while ((await work()) === null) {
    if (performance.now() > deadline) throw new Error(NOT_TAKEN);
    await pause(TRY_AGAIN_MS, undefined, { signal });
  }
}
