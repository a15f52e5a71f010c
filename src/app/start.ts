import { addWebhookRoute, openCheckouts, type Checkouts, type StripeAccess } from '../payments/index.ts';
import { openTokenReader, type TokenIssuer } from '../platform/auth/tokens.ts';
import type { Settings } from '../platform/config/settings.ts';
import { openServerPool } from '../platform/db/pool.ts';
import type { Platform } from '../platform/index.ts';
import { openRedis } from '../platform/redis/client.ts';
import type { RedisUrl } from '../platform/redis/shards.ts';
import { Subscriptions } from '../platform/redis/subscriptions.ts';
import type { Log } from '../platform/telemetry/log.ts';
import { openMetrics } from '../platform/telemetry/metrics.ts';
import { alarmOnUnreadableValues } from '../platform/unreadable-values.ts';
import { openSearchEngines, type ElasticsearchLocation } from '../search/index.ts';
import { openSeatMaps } from '../seat-map/index.ts';
import { Line, LiveRooms, openQueue, openQueueWatch, type AdmissionSwitches } from '../waiting-room/index.ts';
import { openServer } from './http/server.ts';
import { endVisit, endVisitOnConfirm } from './worker/end-visits.ts';
import { startWorker } from './worker/worker.ts';

/** `api` answers clients; `worker` runs jobs, sweeps and the change feed. */
export type ProcessRole = 'api' | 'worker';

/** External services, embedded or the operator's own. */
export interface Dependencies {
  databaseUrl: string;
  redisUrl: RedisUrl | null;
  /** Where Events are searched; without it in Postgres. */
  elasticsearchUrl?: string | null;
  stripe: StripeAccess;
  issuer: TokenIssuer;
  log: Log;
  /** Set by tests alone, to stop a server in the middle of a checkout. */
  atCrashPoint?: Checkouts['atCrashPoint'];
  /** Set by the arena alone, to prove that it sees what a safeguard prevents. */
  admissionSwitches?: AdmissionSwitches;
}

export interface Onsale extends AsyncDisposable {
  /** Base URL of the HTTP server. */
  url: string;
  platform: Platform;
}

/**
 * Start everything, lowest first; it is closed in reverse, also when starting fails half way. A worker without the api role
 * serves HTTP too, for health checks and metrics.
 */
export async function startOnsale(
  settings: Settings,
  dependencies: Dependencies,
  roles: ReadonlySet<ProcessRole> = new Set(['api', 'worker']),
): Promise<Onsale> {
  await using opening = new AsyncDisposableStack();
  const { log } = dependencies;
  const metrics = openMetrics();
  const pool = opening.use(openServerPool(dependencies.databaseUrl, settings.databasePoolSize));
  const redis = opening.use(
    openRedis(dependencies.redisUrl, { prefix: settings.redisKeyPrefix, log, metrics }),
  );
  const subscriptions = opening.use(new Subscriptions(redis, log));
  opening.use(alarmOnUnreadableValues({ log, metrics }));
  const platform: Platform = { db: pool.db, sql: pool.sql, redis, subscriptions, log, metrics };

  const checkouts = openCheckouts(platform, dependencies.stripe, {
    limits: settings.limits,
    whileConfirming: [endVisitOnConfirm],
    onConfirmed: [endVisit], // each job is enqueued by the transaction that confirms a Booking
    atCrashPoint: dependencies.atCrashPoint,
  });
  const line = new Line(platform);
  if (roles.has('worker')) {
    const { databaseUrl, admissionSwitches } = dependencies;
    const searchIndex = elasticsearchOf(settings, dependencies);
    opening.use(
      await startWorker({ databaseUrl, searchIndex, platform, checkouts, line, admissionSwitches }),
    );
  }

  const waitingRooms = opening.use(new LiveRooms(platform));
  const seatMaps = opening.use(openSeatMaps(platform, {}, waitingRooms));
  const server = await openServer({
    platform,
    checkouts,
    seatMaps,
    waitingRooms,
    queue: openQueue(platform, waitingRooms, settings),
    queueWatch: opening.use(openQueueWatch(platform, waitingRooms)),
    searchEngines: opening.use(
      await openSearchEngines(platform, elasticsearchOf(settings, dependencies), settings.searchCacheSeconds),
    ),
    tokens: openTokenReader(dependencies.issuer),
    jwks: 'jwks' in dependencies.issuer.keys ? dependencies.issuer.keys.jwks : undefined,
    settings,
    addRoutes: (routes) => addWebhookRoute(routes, checkouts),
  });
  opening.defer(() => server.close());
  const url = await server.listen({ host: settings.http.host, port: settings.http.port });

  const owned = opening.move();
  return { url, platform, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function elasticsearchOf(
  { elasticsearchIndexPrefix: indexPrefix }: Settings,
  { elasticsearchUrl: url = null }: Dependencies,
): ElasticsearchLocation | null {
  return url === null ? null : { url, indexPrefix };
}
