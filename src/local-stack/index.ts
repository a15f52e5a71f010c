/**
 * The stores Onsale runs on when it is given none: a Postgres and a Redis of its own, in one directory.
 *
 * Reading order: index → postgres → postgres-cluster → redis → redis-programs → child → run-as → lock.
 */
import { join } from 'node:path';
import postgres from 'postgres';

import { LocalStackError, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { startPostgres } from './postgres.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { startRedis } from './redis.ts';
import { chooseRunAs } from './run-as.ts';

export { AlreadyRunning, PortTaken } from './errors.ts';
export { isPortFree, stableFreePort } from './ports.ts';

/** The database everything of ours lives in. */
const DATABASE = 'onsale';

/** What `startLocalStack` needs to know. */
export interface LocalStackOptions {
  /** Where all data lives. */
  directory: string;
  /** Which of the two to start; both, if nothing is said. */
  postgres?: boolean;
  redis?: boolean;
  /** Without one, a free port is taken. */
  ports?: { postgres?: number; redis?: number };
  log?: ((line: string) => void) | undefined;
}

/** Running stores; disposing of them stops them in reverse and keeps what Postgres holds. */
export interface LocalStack extends AsyncDisposable {
  /** The database `onsale`; `null` only if no Postgres was asked for. */
  databaseUrl: string | null;
  /** `null` if none was asked for, or none is to be had on this machine. */
  redisUrl: string | null;
  directory: string;
}

/**
 * Start the stores of one directory, which is ours until we are done. Throws a LocalStackError, whose message is for
 * the person at the keyboard, when the directory or a port is taken or Postgres does not start.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { owner } = chooseRunAs(options.directory);
  const directory = await prepareDirectory(options.directory, owner);
  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Onsale', owner));

  // Whatever opens is registered before anything is decided, so that a failure of one stops the other, too.
  const [database, redis] = await Promise.allSettled([
    options.postgres === false ? null : openDatabase(directory, options, opening),
    options.redis === false ? null : openRedis(directory, options, opening),
  ]);
  if (database.status === 'rejected') throw database.reason;
  if (redis.status === 'rejected') throw redis.reason;

  const owned = opening.move();
  return {
    databaseUrl: database.value,
    redisUrl: redis.value,
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
    const existing = await sql`select from pg_database where datname = ${DATABASE}`;
    if (existing.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
  return server.urlFor(DATABASE);
}

/** Redis only makes things faster, so a Redis that does not start is reported and gone without; a port was a wish. */
async function openRedis(
  directory: string,
  { ports, log }: LocalStackOptions,
  opening: AsyncDisposableStack,
): Promise<string | null> {
  try {
    const server = await startRedis({ directory: join(directory, 'redis'), port: ports?.redis, log });
    if (server === null) log?.('No redis-server on this machine: going on without, slower but never wrong');
    return server && opening.use(server).url;
  } catch (error) {
    if (!(error instanceof LocalStackError) || error instanceof PortTaken) throw error;
    log?.(`Going on without Redis, slower but never wrong. ${error.message}`);
    return null;
  }
}
