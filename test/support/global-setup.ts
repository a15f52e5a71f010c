import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';

import { startPostgres } from '../../src/local-stack/postgres.ts';
import { startRedis } from '../../src/local-stack/redis.ts';
import { migrate } from '../../src/platform/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server every test database lives on; its database `onsale_template` is migrated and empty. */
    postgresUrl: string;
    /** The Redis every test file shares under a prefix of its own; `null` where none can be had. */
    redisUrl: string | null;
  }
}

/** The database that is migrated once and cloned for each test file. */
export const TEMPLATE = 'onsale_template';

/** Start the real stores once for all test files, and stop them after the last. */
export default async function setUp(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-test-'));
  const opened = new AsyncDisposableStack();
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  try {
    const database = opened.use(
      await startPostgres({
        directory: join(directory, 'postgres'),
        settings: {
          fsync: 'off', // a test database need not survive a power cut
          max_connections: '300',
          max_replication_slots: '50',
          max_wal_senders: '50',
        },
      }),
    );
    const sql = postgres(database.url, { max: 1 });
    await sql.unsafe(`create database ${TEMPLATE}`);
    await sql.end();
    await migrate(database.urlFor(TEMPLATE));
    const redis = await startRedis({ directory: join(directory, 'redis') });
    if (redis) opened.use(redis);

    project.provide('postgresUrl', database.url);
    project.provide('redisUrl', redis?.url ?? null);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
  return () => opened.disposeAsync();
}
