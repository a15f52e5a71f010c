/**
 * Embedded Postgres, Redis and Elasticsearch in one data directory, for runs without the address of an external one.
 *
 * Reading order: index → postgres → postgres-cluster → redis → redis-programs → elasticsearch → elasticsearch-program → child →
 * run-as → lock.
 */
import { join } from 'node:path';
import postgres from 'postgres';

import type { LogLine } from './child.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { LocalStackError, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { startPostgres } from './postgres.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { startRedis } from './redis.ts';
import { chooseRunAs } from './run-as.ts';

export { AlreadyRunning, PortTaken } from './errors.ts';
export type { LogLine } from './child.ts';
export { isPortFree, stableFreePort } from './ports.ts';

const DATABASE = 'onsale';

export interface LocalStackOptions {
  /** Holds all data, configuration and logs. */
  directory: string;
  /** Default true. */
  postgres?: boolean;
  /** Default true. */
  redis?: boolean;
  /** Default false: it has to be set up first, and takes 1 GB of memory. */
  elasticsearch?: boolean;
  /** Defaults to free ports. */
  ports?: { postgres?: number; redis?: number };
  log?: LogLine | undefined;
}

/** Running stores; disposing stops them in reverse order and keeps the data of Postgres and Elasticsearch. */
export interface LocalStack extends AsyncDisposable {
  /** The database `onsale`; `null` with `postgres: false`. */
  databaseUrl: string | null;
  /** `null` with `redis: false`, or when this machine has neither a Redis server nor Docker. */
  redisUrl: string | null;
  /** `null` without `elasticsearch: true`. */
  elasticsearchUrl: string | null;
  directory: string;
}

/**
 * Start the stores of one directory, which stays locked until they are disposed. Throws a LocalStackError when the
 * directory or a port is in use, or Postgres or Elasticsearch does not start.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { owner } = chooseRunAs(options.directory);
  const directory = await prepareDirectory(options.directory, owner);
  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Onsale', owner));

  // allSettled: all are registered for disposal before a failure is thrown, so that none outlives the failure of another
  const [database, redis, elasticsearch] = await Promise.allSettled([
    options.postgres === false ? null : openDatabase(directory, options, opening),
    options.redis === false ? null : openRedis(directory, options, opening),
    options.elasticsearch ? openElasticsearch(directory, options, opening) : null,
  ]);
  if (database.status === 'rejected') throw database.reason;
  if (redis.status === 'rejected') throw redis.reason;
  if (elasticsearch.status === 'rejected') throw elasticsearch.reason;

  const owned = opening.move();
  return {
    databaseUrl: database.value,
    redisUrl: redis.value,
    elasticsearchUrl: elasticsearch.value,
    directory,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function openDatabase(
  directory: string,
  { ports, log }: LocalStackOptions,
  opening: AsyncDisposableStack,
): Promise<string> {
  const server = opening.use(
    await startPostgres({ directory: join(directory, 'postgres'), port: ports?.postgres, log }),
  );
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    const existing = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (existing.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
  return server.urlFor(DATABASE);
}

/** A Redis that does not start is logged and left out, as Onsale works without it; a taken port is an error. */
async function openRedis(
  directory: string,
  { ports, log }: LocalStackOptions,
  opening: AsyncDisposableStack,
): Promise<string | null> {
  try {
    const server = await startRedis({ directory: join(directory, 'redis'), port: ports?.redis, log });
    if (server === null)
      log?.('redis-server not found on this machine: continuing without Redis (slower, same answers)');
    return server && opening.use(server).url;
  } catch (error) {
    if (!(error instanceof LocalStackError) || error instanceof PortTaken) throw error;
    log?.(`Redis start failed: continuing without Redis (slower, same answers). ${error.message}`);
    return null;
  }
}

async function openElasticsearch(
  directory: string,
  { log }: LocalStackOptions,
  opening: AsyncDisposableStack,
): Promise<string> {
  return opening.use(await startElasticsearch({ directory: join(directory, 'elasticsearch'), log })).url;
}
