import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

import { openPool } from '../../src/platform/db/pool.ts';
import type { Platform } from '../../src/platform/index.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import type { RedisUrl } from '../../src/platform/redis/shards.ts';
import { Subscriptions } from '../../src/platform/redis/subscriptions.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import {
  openSeatMaps,
  replicateTickets,
  type ChannelTimes,
  type SeatMaps,
} from '../../src/seat-map/index.ts';
import { cloneDatabase } from '../support/database.ts';

/** A database and a Redis, with feeds and seat maps on demand. */
export interface LivePlatform extends AsyncDisposable {
  platform: Platform;
  databaseUrl: string;
  redisUrl: RedisUrl;
  /** Start a change feed, as in a worker; dispose of it to stop. */
  startFeed(): AsyncDisposable;
  /** Open seat maps as in another process; closed with everything else. */
  openMaps(times?: Partial<ChannelTimes>): SeatMaps;
}

/**
 * Open a database of its own and, by default, the Redis that all tests share, under a prefix of its own. `commandMs`: timeout
 * of Redis commands.
 */
export async function openLivePlatform(
  options: { redisUrl?: RedisUrl; commandMs?: number } = {},
): Promise<LivePlatform> {
  await using opening = new AsyncDisposableStack();
  const databaseUrl = opening.use(await cloneDatabase()).url;
  const { redisUrl = inject('redisUrl')!, commandMs } = options;
  const log = openLog('silent');
  const prefix = `test-${randomBytes(6).toString('hex')}:`;

  function openPlatform(): Platform {
    const metrics = openMetrics();
    const pool = opening.use(openPool(databaseUrl, 5));
    const redis = opening.use(openRedis(redisUrl, { prefix, log, metrics, ...(commandMs && { commandMs }) }));
    const subscriptions = opening.use(new Subscriptions(redis, log));
    return { db: pool.db, sql: pool.sql, redis, subscriptions, log, metrics };
  }
  const platform = openPlatform();
  const owned = opening.move();
  return {
    platform,
    databaseUrl,
    redisUrl,
    startFeed: () => owned.use(once(replicateTickets(databaseUrl, platform))),
    openMaps(times) {
      const subscriptions = owned.use(new Subscriptions(platform.redis, log));
      return owned.use(openSeatMaps({ ...platform, subscriptions }, times));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Make dispose idempotent. */
function once(resource: AsyncDisposable): AsyncDisposable {
  let disposed: Promise<void> | null = null;
  return { [Symbol.asyncDispose]: () => (disposed ??= Promise.resolve(resource[Symbol.asyncDispose]())) };
}
