import { openTokenReader, type TokenIssuer } from '../platform/auth/tokens.ts';
import type { Settings } from '../platform/config.ts';
import { openPool } from '../platform/db/pool.ts';
import type { Platform } from '../platform/index.ts';
import { openRedis } from '../platform/redis/client.ts';
import type { Log } from '../platform/telemetry/log.ts';
import { openMetrics } from '../platform/telemetry/metrics.ts';
import { openServer } from './server.ts';

/** Where the outside world is, once it is known: embedded or the operator's own. */
export interface Outside {
  databaseUrl: string;
  redisUrl: string | null;
  issuer: TokenIssuer;
  log: Log;
}

/** A running Onsale. */
export interface Onsale extends AsyncDisposable {
  /** Where the API answers. */
  url: string;
  platform: Platform;
}

/** Open everything, lowest first; whatever was opened is closed in reverse, also when opening fails half way. */
export async function startOnsale(settings: Settings, outside: Outside): Promise<Onsale> {
  await using opening = new AsyncDisposableStack();
  const { log } = outside;
  const metrics = openMetrics();
  const pool = opening.use(openPool(outside.databaseUrl, settings.databasePoolSize));
  const redis = opening.use(openRedis(outside.redisUrl, { prefix: settings.redisKeyPrefix, log, metrics }));
  const platform: Platform = { db: pool.db, sql: pool.sql, redis, log, metrics };

  const server = await openServer({ platform, tokens: openTokenReader(outside.issuer), settings });
  opening.defer(() => server.close());
  const url = await server.listen({ host: settings.http.host, port: settings.http.port });

  const owned = opening.move();
  return { url, platform, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
