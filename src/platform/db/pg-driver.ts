import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { Sql } from 'postgres';

/** Rows, and how many the statement touched: what a statement answers. */
type Rows = unknown[] & { count: number };

/** A statement on its way: rows as objects when awaited, as arrays by `values()`. */
interface Statement extends PromiseLike<Rows> {
  values(): Promise<Rows>;
}

/** What Drizzle's dialect for postgres.js asks of a client. */
interface Client {
  options: { parsers: object; serializers: object };
  unsafe(text: string, values?: unknown[]): Statement;
  begin<T>(work: (client: Client) => Promise<T>): Promise<T>;
  savepoint<T>(work: (client: Client) => Promise<T>): Promise<T>;
}

/** Times are left as Postgres writes them: Drizzle reads them itself, to the microsecond where it is asked to. */
const AS_WRITTEN = new Set([1082, 1083, 1114, 1115, 1182, 1184, 1185, 1186, 1187, 1231]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    AS_WRITTEN.has(oid)
      ? (value: string) => value
      : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

/** Each connection keeps the plan of each prepared statement, some 20 kB; ours come to fewer than this. */
const MOST_PREPARED = 200;

/**
 * Make a pool of node-postgres look like postgres.js to Drizzle.
 *
 * Our statements, types and COPY are written for postgres.js, but a server must not run on it: when Postgres ends a
 * connection in the middle of a transaction, postgres.js 3.4 throws where nobody can catch it, which takes the whole process
 * along, and never uses that slot of its pool again (porsager/postgres#1208). node-postgres rejects the statement and
 * opens another connection. It also lets statements be prepared, which Drizzle and postgres.js together do not: that
 * halves the round trips.
 */
export function likePostgresJs(pool: pg.Pool): Sql {
  pool.on('error', () => {}); // of an idle connection: the pool has dropped it already
  pool.on('connect', (client) => client.on('error', () => {})); // of a busy one: its statement is rejected, too
  return clientOver(pool, pool) as unknown as Sql;
}

function clientOver(pool: pg.Pool, target: pg.Pool | pg.PoolClient): Client {
  return {
    options: { parsers: {}, serializers: {} },
    unsafe: (text, values = []) => {
      const run = async (rowMode?: 'array'): Promise<Rows> => {
        const name = values.length > 0 ? nameOf(text) : undefined;
        const answer = await target
          .query({
            text,
            values,
            types,
            ...(name && { name }),
            ...(rowMode && { rowMode }),
          } as pg.QueryConfig)
          .catch(rethrowAsPostgresJs);
        const result = Array.isArray(answer) ? (answer.at(-1) as pg.QueryResult) : answer; // several statements in one
        return Object.assign(result.rows as unknown[], { count: result.rowCount ?? 0 });
      };
      return { then: (onRows, onError) => run().then(onRows, onError), values: () => run('array') };
    },
    begin: (work) => inTransaction(pool, work),
    savepoint: (work) => inSavepoint(clientOver(pool, target), work),
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await pool.connect().catch(rethrowAsPostgresJs);
  let broken: Error | undefined;
  try {
    await connection.query('begin').catch(rethrowAsPostgresJs);
    const result = await work(clientOver(pool, connection));
    await connection.query('commit').catch(rethrowAsPostgresJs);
    return result;
  } catch (error) {
    await connection.query('rollback').catch((reason: Error) => {
      broken = reason; // there is nothing to roll back on a connection that is gone
    });
    throw error;
  } finally {
    connection.release(broken);
  }
}

async function inSavepoint<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
  await client.unsafe('savepoint inner_work');
  try {
    const result = await work(client);
    await client.unsafe('release savepoint inner_work');
    return result;
  } catch (error) {
    await client.unsafe('rollback to savepoint inner_work');
    throw error;
  }
}

const seen = new LRUCache<string, string>({ max: 1_000 });
const prepared = new Map<string, string>();

/** In a statement's first comment: its best plan depends on its values, and its text on what is asked, so keep none. */
const PLAN_ANEW = ': plan anew */';

/** Statements that come a second time are prepared, under a name that means the same text in every process. */
function nameOf(text: string): string | undefined {
  if (text.includes(PLAN_ANEW)) return undefined;
  const name = prepared.get(text);
  if (name !== undefined || prepared.size >= MOST_PREPARED) return name;
  if (!seen.has(text)) {
    seen.set(text, text);
    return undefined;
  }
  const fresh = createHash('sha256').update(text).digest('base64url');
  prepared.set(text, fresh);
  return fresh;
}

/** Give an error the names that postgres.js has for its parts; a broken connection has no code of node-postgres' own. */
function rethrowAsPostgresJs(error: Error & { code?: string; constraint?: string }): never {
  if (error.constraint !== undefined) Object.assign(error, { constraint_name: error.constraint });
  if (error.code === undefined && /connect|not queryable|Client was closed/i.test(error.message)) {
    Object.assign(error, { code: 'CONNECTION_CLOSED' });
  }
  throw error;
}
