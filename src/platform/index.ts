/**
 * What every capability stands on, and nothing about tickets.
 *
 * Reading order: config → db/pool → db/transaction → redis/client → redis/subscriptions → auth/tokens → errors.
 */
import type { Db, Pool } from './db/pool.ts';
import type { RedisHelper } from './redis/client.ts';
import type { Subscriptions } from './redis/subscriptions.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What use cases are given; each names the part of it that it touches. */
export interface Platform {
  db: Db;
  /** The driver below `db`, for COPY alone. */
  sql: Pool['sql'];
  redis: RedisHelper;
  subscriptions: Subscriptions;
  log: Log;
  metrics: Metrics;
}
