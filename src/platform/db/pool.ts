import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** The database as the stores see it. */
export type Db = PostgresJsDatabase;

/** A transaction in progress; has what a Db has, and ends with the callback that was given it. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** Either of the two, for reads that do not mind. */
export type DbOrTx = Db | Tx;

/** An open pool: `db` for statements through Drizzle, `sql` for what only the driver can do (COPY). */
export interface Pool extends AsyncDisposable {
  db: Db;
  sql: postgres.Sql;
}

/** How long Postgres lets a session of ours take, in milliseconds. */
export const SESSION_LIMITS = {
  /** Longer than any statement of ours on a hundred-thousand-place Event, shorter than a client's patience. */
  statement_timeout: 30_000,
  /** A buyer who waits this long for a row lock is told to try again rather than left hanging. */
  lock_timeout: 5_000,
  /** No transaction of ours waits for anything but Postgres; one that idles this long is a bug, and lets its locks go. */
  idle_in_transaction_session_timeout: 10_000,
};

/**
 * Open a pool of at most `size` connections for a command that runs once, such as the importer with its COPY; a server
 * lives on `openServerPool`. Connects on first use; closing waits for running statements.
 */
export function openPool(url: string, size: number, name = 'onsale'): Pool {
  const sql = postgres(url, {
    max: size,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: name, ...SESSION_LIMITS },
  });
  return { db: drizzle(sql), sql, [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }) };
}
