import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startOnsale } from '../../src/app/start.ts';
import { importCatalogue } from '../../src/demo-catalogue/index.ts';
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
import { IMPORT_DAY, shiftClock } from './fixed-clock.ts';

const DATA = join(import.meta.dirname, '../../data');
/** No request of the bench reaches it. */
const NO_STRIPE = { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' };
/** No limit is met, and no response is older than its request. */
const SETTINGS = {
  LIMIT_REQUESTS_PER_MINUTE: '1000000000',
  RESPONSE_CACHE_BYTES: '0',
  SEARCH_CACHE_SECONDS: '0',
  LOG_LEVEL: 'warn',
};

/** The demo catalogue in a database of its own, and a server on it, all at the moment `NOW`. */
export interface CatalogueStack extends AsyncDisposable {
  url: string;
  databaseUrl: string;
}

/** Load the catalogue and start a server in this process, whose clock is shifted from now on. */
export async function openCatalogueStack(report: (line: string) => void): Promise<CatalogueStack> {
  const shiftMs = shiftClock();
  await using opening = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'onsale-relevance-'));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  const stores = opening.use(await startLocalStack({ directory: join(directory, 'stores'), redis: false }));
  const databaseUrl = stores.databaseUrl!;
  await migrate(databaseUrl);
  await loadCatalogue(databaseUrl, shiftMs);
  report('the catalogue is loaded');
  const issuer = await openDevelopmentIssuer(join(directory, 'development-issuer.json'));
  const onsale = opening.use(
    await startOnsale(
      readSettings({ NODE_ENV: 'development', PORT: '0', ...SETTINGS }),
      {
        databaseUrl,
        redisUrl: null,
        stripe: NO_STRIPE,
        issuer: {
          issuer: DEVELOPMENT_ISSUER,
          audience: DEVELOPMENT_AUDIENCE,
          keys: issuer,
          rolesClaim: 'roles',
        },
        log: openLog('warn'),
      },
      new Set(['api']),
    ),
  );
  const owned = opening.move();
  return { url: onsale.url, databaseUrl, [Symbol.asyncDispose]: () => owned.disposeAsync() };
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
