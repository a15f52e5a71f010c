import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startOnsale } from '../../src/app/start.ts';
import { importCatalogue } from '../../src/demo-catalogue/index.ts';
import { findElasticsearch } from '../../src/local-stack/elasticsearch-program.ts';
import { startLocalStack } from '../../src/local-stack/index.ts';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
} from '../../src/platform/auth/development-issuer.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { openPool } from '../../src/platform/db/pool.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { EventIndices, openElasticsearchClient, rebuildIndex } from '../../src/search/index.ts';
import { IMPORT_DAY, shiftClock } from './fixed-clock.ts';

const DATA = join(import.meta.dirname, '../../data');
/** No request of the bench reaches it. */
const NO_STRIPE = { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' };
/** No limit is met, and no response is older than its request. */
const settings = readSettings({
  NODE_ENV: 'development',
  PORT: '0',
  LIMIT_REQUESTS_PER_MINUTE: '1000000000',
  RESPONSE_CACHE_BYTES: '0',
  SEARCH_CACHE_SECONDS: '0',
});

/** The demo catalogue in a database of its own, and a server on it for each engine, all at the moment `NOW`. */
export interface CatalogueStack extends AsyncDisposable {
  databaseUrl: string;
  /** Addresses of the servers by the name of their engine. */
  servers: ReadonlyMap<string, string>;
}

/** Load the catalogue and start the servers in this process, whose clock is shifted from now on. */
export async function openCatalogueStack(report: (line: string) => void): Promise<CatalogueStack> {
  const missing = await findElasticsearch().then(
    () => null,
    (error: Error) => error.message,
  );
  if (missing !== null) report(`Elasticsearch is left out: ${missing}`);
  const shiftMs = shiftClock();
  await using opening = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'onsale-relevance-'));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  const stores = opening.use(
    await startLocalStack({
      directory: join(directory, 'stores'),
      redis: false,
      elasticsearch: missing === null,
    }),
  );
  const databaseUrl = stores.databaseUrl!;
  await migrate(databaseUrl);
  await loadCatalogue(databaseUrl, shiftMs);
  report('the catalogue is loaded');
  const issuer = await openDevelopmentIssuer(join(directory, 'development-issuer.json'));
  const start = async (elasticsearchUrl: string | null): Promise<string> => {
    const onsale = await startOnsale(
      settings,
      {
        ...{ databaseUrl, elasticsearchUrl, redisUrl: null, stripe: NO_STRIPE, log: openLog('warn') },
        issuer: {
          ...{ issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, keys: issuer },
          rolesClaim: 'roles',
        },
      },
      new Set(['api']),
    );
    return opening.use(onsale).url;
  };
  const servers = new Map([['Postgres', await start(null)]]);
  if (stores.elasticsearchUrl !== null) {
    await buildIndex(databaseUrl, stores.elasticsearchUrl, report);
    servers.set('Elasticsearch', await start(stores.elasticsearchUrl));
  }
  const owned = opening.move();
  return { databaseUrl, servers, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function buildIndex(
  databaseUrl: string,
  elasticsearchUrl: string,
  report: (line: string) => void,
): Promise<void> {
  await using opening = new AsyncDisposableStack();
  const { db } = opening.use(openPool(databaseUrl, 4, 'onsale-rebuild-search'));
  const client = opening.use(await openElasticsearchClient(elasticsearchUrl));
  await rebuildIndex(
    {
      databaseUrl,
      platform: { db, log: openLog('warn'), metrics: openMetrics() },
      indices: new EventIndices(client, settings.elasticsearchIndexPrefix),
    },
    { report, signal: new AbortController().signal },
  );
}

async function loadCatalogue(databaseUrl: string, shiftMs: number): Promise<void> {
  await using pool = openPool(databaseUrl, 2, 'onsale-import');
  await importCatalogue(
    { db: pool.db, metrics: openMetrics() },
    { directory: DATA, today: Temporal.PlainDate.from(IMPORT_DAY) },
  );
  // unqualified calls of now() find this one first, in every session opened from now on
  await pool.sql.unsafe(`
    create function public.now() returns timestamptz stable language sql
      as $$ select pg_catalog.now() + ${shiftMs} * interval '1 millisecond' $$;
    do $$ begin execute format('alter database %I set search_path = public, pg_catalog', current_database()); end $$`);
}
