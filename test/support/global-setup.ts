import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';

import { startElasticsearch } from '../../src/local-stack/elasticsearch.ts';
import { LocalStackError } from '../../src/local-stack/errors.ts';
import { startPostgres } from '../../src/local-stack/postgres.ts';
import { startRedis } from '../../src/local-stack/redis.ts';
import { migrate } from '../../src/platform/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of all test databases; its database `onsale_template` is migrated and empty. */
    postgresUrl: string;
    /** The Redis that all test files share, each with its own key prefix; `null` if none is installed. */
    redisUrl: string | null;
    /** Answers a GET with an `ElasticsearchAnswer`; the first one starts it, as it takes 12 s and 1 GB. */
    elasticsearchStarter: string;
  }
}

/** The Elasticsearch that all test files share, or why there is none. */
export type ElasticsearchAnswer = { url: string } | { missing: string };

/** Migrated once per run, and cloned for each test file. */
export const TEMPLATE = 'onsale_template';

/**
 * Start Postgres and Redis once per run, and Elasticsearch when a test file asks for it. TEST_DATABASE_URL (a superuser's),
 * TEST_REDIS_URL and TEST_ELASTICSEARCH_URL name running servers to test against instead.
 */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Two projects need the servers, and vitest calls this for one after the other.
  const started = project.vitest.projects
    .map((other) => other.getProvidedContext())
    .find(({ postgresUrl }) => postgresUrl !== undefined);
  if (started) {
    project.provide('postgresUrl', started.postgresUrl);
    project.provide('redisUrl', started.redisUrl);
    project.provide('elasticsearchStarter', started.elasticsearchStarter);
    return undefined;
  }
  const opened = new AsyncDisposableStack();
  try {
    const directory = await mkdtemp(join(tmpdir(), 'onsale-test-'));
    opened.defer(() => rm(directory, { recursive: true, force: true }));
    const postgresUrl = process.env['TEST_DATABASE_URL'] || (await openPostgres(directory, opened));
    await createTemplate(postgresUrl);
    project.provide('postgresUrl', postgresUrl);
    project.provide('redisUrl', process.env['TEST_REDIS_URL'] || (await openRedis(directory, opened)));
    project.provide('elasticsearchStarter', await openElasticsearchStarter(directory, opened));
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
  return () => opened.disposeAsync();
}

async function openPostgres(directory: string, opened: AsyncDisposableStack): Promise<string> {
  const settings = {
    fsync: 'off', // a test database need not survive a power cut
    max_connections: '300',
    max_replication_slots: '50',
    max_wal_senders: '50',
  };
  return opened.use(await startPostgres({ directory: join(directory, 'postgres'), settings })).url;
}

async function openRedis(directory: string, opened: AsyncDisposableStack): Promise<string | null> {
  const redis = await startRedis({ directory: join(directory, 'redis') });
  return redis && opened.use(redis).url;
}

async function openElasticsearchStarter(directory: string, opened: AsyncDisposableStack): Promise<string> {
  let answer: Promise<ElasticsearchAnswer> | null = null;
  const server = createServer((_request, response) => {
    answer ??= openElasticsearch(directory, opened);
    void answer.then((result) => response.end(JSON.stringify(result)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.defer(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openElasticsearch(
  directory: string,
  opened: AsyncDisposableStack,
): Promise<ElasticsearchAnswer> {
  const url = process.env['TEST_ELASTICSEARCH_URL'];
  if (url) return { url };
  try {
    const options = { directory: join(directory, 'elasticsearch'), isShortLived: true };
    return { url: opened.use(await startElasticsearch(options)).url };
  } catch (error) {
    const remedy = error instanceof LocalStackError ? ` ${error.remedy}` : '';
    return { missing: `${(error as Error).message}${remedy}` };
  }
}

async function createTemplate(postgresUrl: string): Promise<void> {
  const sql = postgres(postgresUrl, { max: 1, onnotice: () => {} });
  try {
    const [level] = await sql`show wal_level`;
    if (level?.['wal_level'] !== 'logical') throw new Error('the tests need Postgres with wal_level=logical');
    await sql.unsafe(`drop database if exists ${TEMPLATE} with (force)`);
    await sql.unsafe(`create database ${TEMPLATE}`);
  } finally {
    await sql.end();
  }
  const url = new URL(postgresUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
}
