import { join, resolve } from 'node:path';

import { startLocalStack, type LogLine } from '../local-stack/index.ts';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
  type DevelopmentIssuer,
} from '../platform/auth/development-issuer.ts';
import type { Settings } from '../platform/config/settings.ts';
import type { Log } from '../platform/telemetry/log.ts';
import { startStripeEmulator } from '../stripe-emulator/index.ts';
import type { Dependencies } from './start.ts';

export interface OpenedDependencies extends Dependencies, AsyncDisposable {
  /** Null with an external issuer. */
  developmentIssuer: DevelopmentIssuer | null;
  /** Services started here because they were not configured; for the banner. */
  embeddedServices: { name: string; address: string }[];
}

/**
 * Use the external services of the settings, and start embedded ones for the rest: Postgres, Redis, Stripe emulator,
 * development issuer, and Elasticsearch if it searches. Their data is under the data directory.
 */
export async function openDependencies(settings: Settings, log: Log): Promise<OpenedDependencies> {
  await using opening = new AsyncDisposableStack();
  const directory = resolve(settings.dataDirectory);
  const embeddedServices: OpenedDependencies['embeddedServices'] = [];
  const logLine: LogLine = (line, level = 'info') => log[level](line);

  let databaseUrl = settings.database.kind === 'external' ? settings.database.url : null;
  let redisUrl: Dependencies['redisUrl'] = settings.redis.kind === 'external' ? settings.redis.url : null;
  let elasticsearchUrl = settings.elasticsearch?.kind === 'external' ? settings.elasticsearch.url : null;
  const embedsElasticsearch = settings.elasticsearch?.kind === 'embedded';
  if (databaseUrl === null || redisUrl === null || embedsElasticsearch) {
    const stack = opening.use(
      await startLocalStack({
        directory,
        log: logLine,
        postgres: databaseUrl === null,
        redis: redisUrl === null,
        elasticsearch: embedsElasticsearch,
      }),
    );
    if (databaseUrl === null) embeddedServices.push({ name: 'Postgres', address: stack.databaseUrl! });
    if (redisUrl === null)
      embeddedServices.push({ name: 'Redis', address: stack.redisUrl ?? 'none: slower, same answers' });
    if (embedsElasticsearch)
      embeddedServices.push({ name: 'Elasticsearch', address: stack.elasticsearchUrl! });
    databaseUrl ??= stack.databaseUrl!;
    elasticsearchUrl ??= stack.elasticsearchUrl;
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
    elasticsearchUrl,
    stripe,
    issuer: issuerOf(settings, developmentIssuer),
    log,
    developmentIssuer,
    embeddedServices,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function issuerOf(settings: Settings, development: DevelopmentIssuer | null): Dependencies['issuer'] {
  const { auth, authRolesClaim: rolesClaim } = settings;
  if (auth.kind === 'external') {
    return { issuer: auth.issuer, audience: auth.audience, keys: { jwksUrl: auth.jwksUrl }, rolesClaim };
  }
  if (development === null) throw new Error('the development issuer is missing');
  return {
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    keys: development,
    rolesClaim: 'roles',
  };
}
