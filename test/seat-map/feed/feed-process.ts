/**
 * A worker process for tests that kill workers: replicates tickets to the seat boards until it is killed.
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
const log = openLog('info'); // logs when it acquires the slot
const metrics = openMetrics();
const { db } = openPool(databaseUrl, 3);
replicateTickets(databaseUrl, { db, redis: openRedis(redisUrl, { prefix, log, metrics }), log, metrics });
