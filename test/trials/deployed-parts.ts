import { join } from 'node:path';

import { openDevelopmentIssuer } from '../../src/platform/auth/development-issuer.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { openServerPool } from '../../src/platform/db/pool.ts';
import type { Platform } from '../../src/platform/index.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { startStripeEmulator, type StripeEmulator } from '../../src/stripe-emulator/index.ts';
import { temporaryDirectory } from '../local-stack/directories.ts';
import { ownRedis, type OwnRedis } from '../seat-map/own-redis.ts';
import { recordTickets } from '../support/auditor.ts';
import { openClient, type Client } from '../support/client.ts';
import { ownPostgres, type OwnPostgres } from '../support/own-postgres.ts';
import { supervise, type Supervised } from './supervised.ts';

/** What the processes of a deployment share: Postgres, migrated by this tree, Redis and the Stripe emulator. */
export interface DeployedParts extends AsyncDisposable {
  /** Direct access to the database, bypassing the API. */
  platform: Pick<Platform, 'db' | 'metrics'>;
  redis: OwnRedis;
  postgres: OwnPostgres;
  emulator: StripeEmulator;
  /** Start a process with one role; `directory`: another build. It is stopped with the parts. */
  launch(name: string, role: 'api' | 'worker', directory?: string): Promise<Supervised>;
  /** An authenticated client of an API. */
  clientOf(api: Supervised, sub: string, roles: Role[]): Promise<Client>;
  /** A token that every API accepts. */
  tokenOf(sub: string, roles: Role[]): Promise<string>;
  /** Processes that ended without being stopped by the test. */
  unexpectedExits: readonly string[];
}

const UNLIMITED = '1000000';

/** Start the parts; `environment` is added to that of every process. */
export async function openDeployedParts(environment: Record<string, string> = {}): Promise<DeployedParts> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(await temporaryDirectory());
  const postgres = opening.use(await ownPostgres());
  const redis = opening.use(await ownRedis());
  const emulator = opening.use(await startStripeEmulator());
  await migrate(postgres.url);
  const { db } = opening.use(openServerPool(postgres.url, 5, 'test'));
  await recordTickets(db);
  const issuer = await openDevelopmentIssuer(join(directory.path, 'development-issuer.json'));

  const settings = {
    NODE_ENV: 'test',
    LIMIT_REQUESTS_PER_MINUTE: UNLIMITED,
    LIMIT_RESERVATIONS_PER_MINUTE: UNLIMITED,
    DATA_DIRECTORY: directory.path,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    STRIPE_SECRET_KEY: emulator.secretKey,
    STRIPE_WEBHOOK_SECRET: emulator.webhookSecret,
    STRIPE_API_URL: emulator.url,
    ...environment,
  };
  const unexpectedExits: string[] = [];
  const owned = opening.move();
  return {
    platform: { db, metrics: openMetrics() },
    ...{ redis, postgres, emulator, unexpectedExits },
    launch: async (name, role, build) =>
      owned.use(await supervise(name, role, settings, (what) => unexpectedExits.push(what), build)),
    tokenOf: (sub, roles) => issuer.sign({ sub, roles }),
    clientOf: async (api, sub, roles) => openClient(api.url, await issuer.sign({ sub, roles })),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
