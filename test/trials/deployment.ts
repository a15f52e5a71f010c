import { join } from 'node:path';

import type { TransportName } from '../../src/client/index.ts';
import { openDevelopmentIssuer } from '../../src/platform/auth/development-issuer.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { openServerPool } from '../../src/platform/db/pool.ts';
import type { Platform } from '../../src/platform/index.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { startStripeEmulator } from '../../src/stripe-emulator/index.ts';
import { temporaryDirectory } from '../local-stack/directories.ts';
import { ownRedis, type OwnRedis } from '../seat-map/own-redis.ts';
import { recordTickets } from '../support/auditor.ts';
import { openClient, type Client } from '../support/client.ts';
import { ownPostgres, type OwnPostgres } from '../support/own-postgres.ts';
import { emulatorControl } from '../support/stripe-control.ts';
import { supervise, type Supervised } from './supervised.ts';

/** Onsale as in production: each part is a process of its own, and can be killed alone. */
export interface Deployment extends AsyncDisposable {
  /** Direct access to the database, bypassing the API. */
  platform: Pick<Platform, 'db' | 'metrics'>;
  apis: readonly Supervised[];
  workers: readonly Supervised[];
  redis: OwnRedis;
  postgres: OwnPostgres;
  /** An authenticated client of one of the APIs. */
  as(api: Supervised, sub: string, ...roles: Role[]): Promise<Client>;
  /** Number of slow consumers that the APIs have dropped. */
  slowConsumersDropped(transport: TransportName): Promise<number>;
  /** Processes that ended without being killed by the test. */
  unexpectedExits: readonly string[];
}

const UNLIMITED = '1000000';

/** Limits that no trial reaches by accident, and a small buffer for slow consumers. */
const ENVIRONMENT = {
  NODE_ENV: 'test',
  LIMIT_REQUESTS_PER_MINUTE: UNLIMITED,
  LIMIT_RESERVATIONS_PER_MINUTE: UNLIMITED,
  LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR: UNLIMITED,
  LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR: UNLIMITED,
  LIMIT_SOCKETS_PER_ADDRESS: UNLIMITED,
  LIMIT_ALIASES: '1000',
  LIMIT_TOKENS: '10000',
  LIMIT_COST: '10000',
  LIMIT_BUFFERED_BYTES: '100000',
};

/** Start two APIs, two workers, Postgres, Redis and the Stripe emulator. */
export async function openDeployment(): Promise<Deployment> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(await temporaryDirectory());
  const postgres = opening.use(await ownPostgres());
  const redis = opening.use(await ownRedis());
  const emulator = opening.use(await startStripeEmulator());
  await migrate(postgres.url);
  const metrics = openMetrics();
  const { db } = opening.use(openServerPool(postgres.url, 5, 'test'));
  await recordTickets(db);
  const issuer = await openDevelopmentIssuer(join(directory.path, 'development-issuer.json'));

  const environment = {
    ...ENVIRONMENT,
    DATA_DIRECTORY: directory.path,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    STRIPE_SECRET_KEY: emulator.secretKey,
    STRIPE_WEBHOOK_SECRET: emulator.webhookSecret,
    STRIPE_API_URL: emulator.url,
  };
  const unexpectedExits: string[] = [];
  const launch = async (role: 'api' | 'worker', number: number) =>
    opening.use(
      await supervise(`${role} ${number}`, role, environment, (what) => unexpectedExits.push(what)),
    );
  const apis = await Promise.all([launch('api', 1), launch('api', 2)]);
  const workers = await Promise.all([launch('worker', 1), launch('worker', 2)]);
  await emulatorControl(emulator).setWebhooks({ url: `${apis[0].url}/webhooks/stripe` });

  const owned = opening.move();
  return {
    platform: { db, metrics },
    ...{ apis, workers, redis, postgres, unexpectedExits },
    async as(api, sub, ...roles) {
      return openClient(api.url, await issuer.sign({ sub, roles }));
    },
    async slowConsumersDropped(transport) {
      const metric = new RegExp(`^onsale_realtime_slow_readers_total{transport="${transport}"} (\\d+)$`, 'm');
      const pages = await Promise.all(apis.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
      return pages.reduce((sum, page) => sum + Number(metric.exec(page)?.[1] ?? 0), 0);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
