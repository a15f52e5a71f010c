import { addWebhookRoute, openCheckouts, type Checkouts, type StripeAccess } from '../payments/index.ts';
import { openTokenReader, type TokenIssuer } from '../platform/auth/tokens.ts';
import type { Settings } from '../platform/config.ts';
import { openServerPool } from '../platform/db/server-pool.ts';
import type { Platform } from '../platform/index.ts';
import { openRedis } from '../platform/redis/client.ts';
import type { RedisUrl } from '../platform/redis/shards.ts';
import { Subscriptions } from '../platform/redis/subscriptions.ts';
import type { Log } from '../platform/telemetry/log.ts';
import { openMetrics } from '../platform/telemetry/metrics.ts';
import { openPostgresSearch } from '../search/index.ts';
import { openSeatMaps } from '../seat-map/index.ts';
import { openServer } from './http/server.ts';
import { startWorker } from './worker/worker.ts';

/** What a process does: answer clients, or the work nobody waits for. */
export type ProcessRole = 'api' | 'worker';

/** Where the outside world is, once it is known: embedded or the operator's own. */
export interface Dependencies {
  databaseUrl: string;
  redisUrl: RedisUrl | null;
  stripe: StripeAccess;
  issuer: TokenIssuer;
  log: Log;
  /** Hears how far each checkout has come. Tests alone listen, to stop a server in the middle of one. */
  atCrashPoint?: Checkouts['atCrashPoint'];
}

/** A running Onsale. */
export interface Onsale extends AsyncDisposable {
  /** Where the API answers. */
  url: string;
  platform: Platform;
}

/**
 * Open everything, lowest first; whatever was opened is closed in reverse, also when opening fails half way. A worker
 * without the API answers HTTP, too: whoever watches over it wants to know how it is.
 */
export async function startOnsale(
  settings: Settings,
  outside: Dependencies,
  roles: ReadonlySet<ProcessRole> = new Set(['api', 'worker']),
): Promise<Onsale> {
  await using opening = new AsyncDisposableStack();
  const { log } = outside;
  const metrics = openMetrics();
  const pool = opening.use(openServerPool(outside.databaseUrl, settings.databasePoolSize));
  const redis = opening.use(openRedis(outside.redisUrl, { prefix: settings.redisKeyPrefix, log, metrics }));
  const subscriptions = opening.use(new Subscriptions(redis, log));
  const platform: Platform = { db: pool.db, sql: pool.sql, redis, subscriptions, log, metrics };

  const checkouts = openCheckouts(platform, outside.stripe, {
    onConfirmed: [], // each job is enqueued by the transaction that confirms a Booking
    atCrashPoint: outside.atCrashPoint,
  });
  if (roles.has('worker')) {
    opening.use(await startWorker({ databaseUrl: outside.databaseUrl, platform, checkouts }));
  }

  const seatMaps = opening.use(openSeatMaps(platform));
  const server = await openServer({
    platform,
    checkouts,
    seatMaps,
    searchEngine: openPostgresSearch(pool.db),
    tokens: openTokenReader(outside.issuer),
    jwks: 'jwks' in outside.issuer.keys ? outside.issuer.keys.jwks : undefined,
    settings,
    addRoutes: (routes) => addWebhookRoute(routes, checkouts),
  });
  opening.defer(() => server.close());
  const url = await server.listen({ host: settings.http.host, port: settings.http.port });

  const owned = opening.move();
  return { url, platform, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
