import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import postgres from 'postgres';

import { settlesWithin } from '../settles-within.ts';
import { ConnectionPool } from './connection-pool.ts';
import { PreparingClient } from './prepared-statements.ts';
import { isConnectionUseless } from './sql-state.ts';

/** The database, as stores use it. */
export type Db = NodePgDatabase & { $client: ConnectionPool };

/** A transaction in progress: the statements of a Db, valid until the callback that received it returns. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** Either of the two, for statements that need no transaction. */
export type DbOrTx = Db | Tx;

/** An open pool: `db` for statements through Drizzle, `sql` for scripts and tests that write SQL by hand. */
export interface Pool extends AsyncDisposable {
  db: Db;
  sql: postgres.Sql;
}

/** Timeouts that Postgres enforces on each session, in milliseconds. */
const SESSION_TIMEOUTS = {
  /** Longer than any statement on an Event of a hundred thousand places. */
  statement_timeout: 30_000,
  /** A buyer who waits this long for a row lock gets an error that can be retried. */
  lock_timeout: 5_000,
  /** A transaction waits for nothing but Postgres; one that idles this long is a bug, and its locks are released. */
  idle_in_transaction_session_timeout: 10_000,
};
/** Longer than the worst queue that still moves; then the request fails with an error that can be retried. */
const MAX_CONNECTION_WAIT_MS = 10_000;
/** Statements that still run on shutdown get this long. */
const MAX_CLOSE_WAIT_MS = 5_000;
/** Connections of `sql`, which no request uses. */
const MAX_SQL_CONNECTIONS = 4;

/**
 * Open the pool of a server, of at most `size` connections: statements that do not wait for each other's result are
 * pipelined, which rules out COPY. Connects on first use.
 */
export const openServerPool = (url: string, size: number, name = 'onsale'): Pool =>
  open(url, size, name, { pipeline: true });

/** Open the pool of a command that runs once, such as the importer with its COPY. Connects on first use. */
export const openPool = (url: string, size: number, name = 'onsale'): Pool =>
  open(url, size, name, { pipeline: false });

function open(url: string, size: number, name: string, { pipeline }: { pipeline: boolean }): Pool {
  const pool = new ConnectionPool({
    connectionString: url,
    max: size,
    application_name: name,
    connectionTimeoutMillis: MAX_CONNECTION_WAIT_MS,
    keepAlive: true,
    pipeline,
    Client: PreparingClient,
    ...SESSION_TIMEOUTS,
  });
  pool.on('error', () => {}); // of an idle connection, which the pool has removed already
  const db = drizzle(pool);
  db.transaction = (work, config) => runTransaction(pool, work, config);
  const sql = postgres(url, {
    max: MAX_SQL_CONNECTIONS,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: `${name}-sql`, ...SESSION_TIMEOUTS },
  });
  return {
    db,
    sql,
    async [Symbol.asyncDispose]() {
      await settlesWithin(pool.end(), MAX_CLOSE_WAIT_MS);
      await sql.end({ timeout: MAX_CLOSE_WAIT_MS / 1_000 });
    },
  };
}

const connections = new WeakMap<Tx, pg.PoolClient>();

/** The connection of a transaction, for what Drizzle does not know: COPY. */
export function connectionOf(tx: Tx): pg.PoolClient {
  const connection = connections.get(tx);
  if (connection === undefined) throw new Error('not a transaction of a pool');
  return connection;
}

/**
 * Drizzle's `transaction`, safe against broken connections. Drizzle 0.45 never gives a connection back whose `begin` failed,
 * and throws the error of a failed `rollback` in place of the error that led to it.
 */
async function runTransaction<T>(
  pool: ConnectionPool,
  work: (tx: Tx) => Promise<T>,
  config?: Parameters<Db['transaction']>[1],
): Promise<T> {
  const connection = await pool.connect();
  let failure = null as { error: unknown } | null;
  let broken = false;
  try {
    return await drizzle(connection).transaction(async (tx) => {
      connections.set(tx, connection);
      try {
        return await work(tx);
      } catch (error) {
        failure = { error };
        throw error;
      }
    }, config);
  } catch (error) {
    // An error that is not the callback's is that of begin, commit or rollback.
    broken = error !== failure?.error || isConnectionUseless(error);
    pool.learnFrom(error);
    throw failure === null ? error : failure.error;
  } finally {
    connection.release(broken);
  }
}
