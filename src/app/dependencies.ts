import { join, resolve } from 'node:path';

import { startLocalStack } from '../local-stack/index.ts';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
  type DevelopmentIssuer,
} from '../platform/auth/development-issuer.ts';
import type { Settings } from '../platform/config.ts';
import type { Log } from '../platform/telemetry/log.ts';
import { startStripeEmulator } from '../stripe-emulator/index.ts';
import type { Dependencies } from './start.ts';

/** The outside world, with whatever of it we started ourselves. */
export interface OpenedDependencies extends Dependencies, AsyncDisposable {
  /** Present while the development issuer stands in for a real one. */
  developmentIssuer: DevelopmentIssuer | null;
  /** What runs here and was not configured: names and addresses, for the banner. */
  embeddedServices: { name: string; address: string }[];
}

/**
 * Open what the settings point to, and start a stand-in for whatever they leave out: Postgres and Redis, the Stripe
 * emulator, an issuer of tokens. All data lies under the data directory.
 */
export async function openDependencies(settings: Settings, log: Log): Promise<OpenedDependencies> {
  await using opening = new AsyncDisposableStack();
  const directory = resolve(settings.dataDirectory);
  const embeddedServices: OpenedDependencies['embeddedServices'] = [];
  const say = (line: string) => log.info(line);

  let databaseUrl = settings.database.kind === 'external' ? settings.database.url : null;
  let redisUrl: Dependencies['redisUrl'] = settings.redis.kind === 'external' ? settings.redis.url : null;
  if (databaseUrl === null || redisUrl === null) {
    const stack = opening.use(
      await startLocalStack({
        directory,
        log: say,
        postgres: databaseUrl === null,
        redis: redisUrl === null,
      }),
    );
    if (databaseUrl === null) embeddedServices.push({ name: 'Postgres', address: stack.databaseUrl! });
    if (redisUrl === null)
      embeddedServices.push({ name: 'Redis', address: stack.redisUrl ?? 'none: slower, never wrong' });
    databaseUrl ??= stack.databaseUrl!;
    redisUrl ??= stack.redisUrl;
  }

  let stripe: Dependencies['stripe'];
  if (settings.stripe.kind === 'external') {
    stripe = settings.stripe;
  } else {
    const emulator = opening.use(
      await startStripeEmulator({
        webhookUrl: `http://127.0.0.1:${settings.http.port}/webhooks/stripe`,
        stateFile: join(directory, 'stripe-emulator.json'),
      }),
    );
    embeddedServices.push({ name: 'Stripe', address: `${emulator.url} (emulator; no real money)` });
    stripe = { secretKey: emulator.secretKey, webhookSecret: emulator.webhookSecret, apiUrl: emulator.url };
  }

  const developmentIssuer =
    settings.auth.kind === 'embedded'
      ? await openDevelopmentIssuer(join(directory, 'development-issuer.json'))
      : null;
  const owned = opening.move();
  return {
    databaseUrl,
    redisUrl,
    stripe,
    issuer: issuerOf(settings, developmentIssuer),
    log,
    developmentIssuer,
    embeddedServices: embeddedServices,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function issuerOf(settings: Settings, development: DevelopmentIssuer | null): Dependencies['issuer'] {
  const { auth, authRolesClaim: rolesClaim } = settings;
  if (auth.kind === 'external') {
    return { issuer: auth.issuer, audience: auth.audience, keys: { jwksUrl: auth.jwksUrl }, rolesClaim };
  }
  if (development === null) throw new Error('an embedded issuer was expected');
  return {
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    keys: development,
    rolesClaim: 'roles',
  };
}
