/**
 * A worker for tests that kill workers: a process of its own that keeps seat boards in step, until it is killed.
 *
 *   node test/seat-map/feed/feed-process.ts '{ "databaseUrl": …, "redisUrl": …, "prefix": … }'
 */
import { openPool } from '../../../src/platform/db/pool.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { replicateTickets } from '../../../src/seat-map/index.ts';

const { databaseUrl, redisUrl, prefix } = JSON.parse(process.argv[2] ?? '{}') as Record<
  'databaseUrl' | 'redisUrl' | 'prefix',
  string
>;
const log = openLog('info'); // says when it takes the slot over
const metrics = openMetrics();
const { db } = openPool(databaseUrl, 3);
replicateTickets(databaseUrl, { db, redis: openRedis(redisUrl, { prefix, log, metrics }), log, metrics });
