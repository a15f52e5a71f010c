/**
 * Infrastructure that all capabilities share; it knows nothing of tickets.
 *
 * Reading order: config → db/pool → db/transaction → db/advisory-locks → redis/client → redis/subscriptions → auth/tokens → errors.
 */
import type { Db, Pool } from './db/pool.ts';
import type { RedisHelper } from './redis/client.ts';
import type { Subscriptions } from './redis/subscriptions.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** Shared dependencies; each use case declares the ones it needs. */
export interface Platform {
  db: Db;
  /** postgres.js, for scripts and tests that write SQL by hand. */
  sql: Pool['sql'];
  redis: RedisHelper;
  subscriptions: Subscriptions;
  log: Log;
  metrics: Metrics;
}
