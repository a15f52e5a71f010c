import { setTimeout } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import pg from 'pg';

import { likePostgresJs } from './pg-driver.ts';
import { openPool, SESSION_LIMITS, type Pool } from './pool.ts';

/** Longer than the worst queue that still moves; then the client is told to try again, rather than left hanging. */
const MOST_WAIT_FOR_CONNECTION_MS = 10_000;
/** Statements still running when a server stops get this long. */
const MOST_WAIT_FOR_END_MS = 5_000;
/** Nothing in a server copies rows; whoever does so beside it needs no more. */
const COPYING_CONNECTIONS = 4;

/**
 * Open the pool of a server: it outlives broken connections, and prepares its statements. At most `size` connections;
 * connects on first use. `sql` is a pool of its own, for COPY alone.
 */
export function openServerPool(url: string, size: number, name = 'onsale'): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: name,
    connectionTimeoutMillis: MOST_WAIT_FOR_CONNECTION_MS,
    keepAlive: true,
    pipeline: true,
    ...SESSION_LIMITS,
  });
  const copying = openPool(url, COPYING_CONNECTIONS, `${name}-copy`);
  return {
    db: drizzle(likePostgresJs(pool)),
    sql: copying.sql,
    async [Symbol.asyncDispose]() {
      const patience = new AbortController();
      await Promise.race([
        pool.end(),
        setTimeout(MOST_WAIT_FOR_END_MS, undefined, { signal: patience.signal }).catch(() => {}),
      ]);
      patience.abort();
      await copying[Symbol.asyncDispose]();
    },
  };
}
