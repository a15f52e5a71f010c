import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

import { startOnsale, type Dependencies, type Onsale, type ProcessRole } from '../../src/app/start.ts';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
  type DevelopmentIssuer,
} from '../../src/platform/auth/development-issuer.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import { readSettings, type Settings } from '../../src/platform/config/settings.ts';
import type { Platform } from '../../src/platform/index.ts';
import { openLog, type Log } from '../../src/platform/telemetry/log.ts';
import { openClient, type Client } from './client.ts';
import { cloneDatabase } from './database.ts';

/** A running server with a database of its own, and clients to talk to it. */
export interface World extends AsyncDisposable {
  url: string;
  platform: Platform;
  onsale: Onsale;
  databaseUrl: string;
  issuer: DevelopmentIssuer;
  /** A client without a token. */
  stranger: Client;
  /** A client with a token for `sub` and the roles; by default a fan. */
  as(sub: string, ...roles: Role[]): Promise<Client>;
  token(sub: string, ...roles: Role[]): Promise<string>;
}

/** Options of a world. */
export interface WorldOptions {
  /** `undefined`: the shared Redis. `null`: none. Or the address of one of the test's own. */
  redisUrl?: string | null;
  /** Where Elasticsearch is; by default Postgres searches. */
  elasticsearchUrl?: string;
  /** Environment variables, as an operator would set them. Limits are high by default, so that tests meet only what they test. */
  environment?: Record<string, string>;
  /** Where log lines go; by default nowhere. */
  log?: Log;
  /** Where Stripe is; by default nowhere. */
  stripe?: Dependencies['stripe'];
  /** By default the API alone, so that nothing happens which the test did not ask for. */
  roles?: readonly ProcessRole[];
  /** Called at each point of a checkout; may throw to stop it there. */
  atCrashPoint?: Dependencies['atCrashPoint'];
  /** An existing database, which is not dropped. */
  databaseUrl?: string;
}

/** Where the worlds of one test file keep the key that signs their tokens. */
export const ISSUER_FILE = join(tmpdir(), `onsale-test-${process.pid}`, 'development-issuer.json');

/** No process listens on this port: an unavailable Stripe. */
const NO_STRIPE = { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' };

/** High enough never to be reached by accident. */
const UNLIMITED = '1000000';
/** For worlds with a response cache, which tests disable by default. */
export const KEEPING = { RESPONSE_CACHE_BYTES: '10000000' };

/** Open a world; dispose of it with `await using` or in `afterAll`. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  await using opening = new AsyncDisposableStack();
  const databaseUrl = options.databaseUrl ?? opening.use(await cloneDatabase()).url;
  const settings: Settings = readSettings({
    NODE_ENV: 'test',
    PORT: '0',
    LIMIT_REQUESTS_PER_MINUTE: UNLIMITED,
    LIMIT_RESERVATIONS_PER_MINUTE: UNLIMITED,
    LIMIT_MESSAGES_PER_MINUTE: UNLIMITED,
    LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR: UNLIMITED,
    LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR: UNLIMITED,
    LIMIT_STRIPE_WRITES_PER_SECOND: UNLIMITED,
    REDIS_KEY_PREFIX: `test-${randomBytes(6).toString('hex')}:`,
    LOG_LEVEL: 'silent',
    RESPONSE_CACHE_BYTES: '0', // tests read their own writes
    SEARCH_CACHE_SECONDS: '0',
    ...options.environment,
  });
  const issuer = await openDevelopmentIssuer(ISSUER_FILE);
  const onsale = opening.use(
    await startOnsale(
      settings,
      {
        databaseUrl,
        redisUrl: options.redisUrl === undefined ? inject('redisUrl') : options.redisUrl,
        ...(options.elasticsearchUrl && { elasticsearchUrl: options.elasticsearchUrl }),
        stripe: options.stripe ?? NO_STRIPE,
        issuer: {
          issuer: DEVELOPMENT_ISSUER,
          audience: DEVELOPMENT_AUDIENCE,
          keys: issuer,
          rolesClaim: 'roles',
        },
        log: options.log ?? openLog('silent'),
        ...(options.atCrashPoint && { atCrashPoint: options.atCrashPoint }),
      },
      new Set(options.roles ?? ['api']),
    ),
  );
  const token = (sub: string, ...roles: Role[]) =>
    issuer.sign({ sub, roles: roles.length > 0 ? roles : ['FAN'] });
  const owned = opening.move();
  return {
    url: onsale.url,
    platform: onsale.platform,
    onsale,
    databaseUrl,
    issuer,
    stranger: openClient(onsale.url),
    as: async (sub, ...roles) => openClient(onsale.url, await token(sub, ...roles)),
    token,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
