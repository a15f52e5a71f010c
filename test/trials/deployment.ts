import type { TransportName } from '../../src/client/index.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import type { Platform } from '../../src/platform/index.ts';
import type { OwnRedis } from '../seat-map/own-redis.ts';
import type { Client } from '../support/client.ts';
import type { OwnPostgres } from '../support/own-postgres.ts';
import { emulatorControl } from '../support/stripe-control.ts';
import { openDeployedParts } from './deployed-parts.ts';
import type { Supervised } from './supervised.ts';

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
  LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR: UNLIMITED,
  LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR: UNLIMITED,
  LIMIT_STRIPE_WRITES_PER_SECOND: UNLIMITED,
  LIMIT_SOCKETS_PER_ADDRESS: UNLIMITED,
  LIMIT_ALIASES: '1000',
  LIMIT_TOKENS: '10000',
  LIMIT_COST: '10000',
  LIMIT_BUFFERED_BYTES: '100000',
};

/** Start two APIs, two workers, Postgres, Redis and the Stripe emulator. */
export async function openDeployment(): Promise<Deployment> {
  await using opening = new AsyncDisposableStack();
  const parts = opening.use(await openDeployedParts(ENVIRONMENT));
  const { platform, redis, postgres, unexpectedExits } = parts;
  const apis = await Promise.all([parts.launch('api 1', 'api'), parts.launch('api 2', 'api')]);
  const workers = await Promise.all([parts.launch('worker 1', 'worker'), parts.launch('worker 2', 'worker')]);
  await emulatorControl(parts.emulator).setWebhooks({ url: `${apis[0].url}/webhooks/stripe` });

  const owned = opening.move();
  return {
    ...{ platform, apis, workers, redis, postgres, unexpectedExits },
    as: (api, sub, ...roles) => parts.clientOf(api, sub, roles),
    async slowConsumersDropped(transport) {
      const metric = new RegExp(`^onsale_realtime_slow_readers_total{transport="${transport}"} (\\d+)$`, 'm');
      const pages = await Promise.all(apis.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
      return pages.reduce((sum, page) => sum + Number(metric.exec(page)?.[1] ?? 0), 0);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
