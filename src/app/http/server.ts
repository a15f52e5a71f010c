import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import type { JWK } from 'jose';

import { eventIdsIn, subscribeToCatalogChanges } from '../../catalog/index.ts';
import { addExportRoutes, SalesReader, type Checkouts } from '../../payments/index.ts';
import type { TokenReader } from '../../platform/auth/tokens.ts';
import type { Settings } from '../../platform/config/settings.ts';
import { logAccess } from '../../platform/http/access-log.ts';
import { answerErrors, sendError } from '../../platform/http/answer-errors.ts';
import { answerClientErrors } from '../../platform/http/client-errors.ts';
import { limitConnections } from '../../platform/http/connection-limit.ts';
import { currentRequest } from '../../platform/http/current-request.ts';
import { warnOfUntrustedProxies } from '../../platform/http/forwarded-peers.ts';
import { shutDownGracefully } from '../../platform/http/graceful-shutdown.ts';
import { limitRequests } from '../../platform/http/rate-limit.ts';
import { requestIdOf } from '../../platform/http/request-id.ts';
import { addSecurityHeaders } from '../../platform/http/security-headers.ts';
import { checkTransport, refuseWithoutRoute } from '../../platform/http/transport-checks.ts';
import type { Platform } from '../../platform/index.ts';
import { openRateLimits } from '../../platform/rate-limit/rate-limits.ts';
import { openRealtime, SalesFeed } from '../../realtime/index.ts';
import type { SearchEngines } from '../../search/index.ts';
import { seatMapTag, type SeatMaps } from '../../seat-map/index.ts';
import { addDrawRoutes, type LiveRooms, type QueueParts, type QueueWatch } from '../../waiting-room/index.ts';
import { openApollo } from '../graphql/apollo.ts';
import { openOperationChecks } from '../graphql/check-operation.ts';
import { makeContext } from '../graphql/make-context.ts';
import { maskErrors } from '../graphql/mask-errors.ts';
import { ResponseCache } from '../response-cache/index.ts';
import { buildSchema } from '../schema.ts';
import { openReadiness } from './readiness.ts';
import { addGraphiqlRoutes } from './routes-graphiql.ts';
import { addGraphqlRoute } from './routes-graphql.ts';
import { addHealthRoutes } from './routes-health.ts';
import { addJwksRoute } from './routes-jwks.ts';

export interface ServerParts {
  platform: Platform;
  checkouts: Checkouts;
  seatMaps: SeatMaps;
  waitingRooms: LiveRooms;
  queue: QueueParts;
  queueWatch: QueueWatch;
  searchEngines: SearchEngines;
  tokens: TokenReader;
  settings: Pick<Settings, 'environment' | 'http' | 'limits' | 'realtime' | 'responseCacheBytes'>;
  /** Public keys of the development issuer, while it signs the tokens. */
  jwks?: { keys: JWK[] } | undefined;
  /** Further routes, such as webhooks; routes marked `probe` are exempt from the rate limit. */
  addRoutes?: ((server: FastifyInstance) => void) | undefined;
  /** Shorter timeouts for tests. */
  timeouts?: Partial<typeof TIMEOUTS>;
}

/** Limits against slow clients; a phone on a train sends its headers within a second. */
const TIMEOUTS = {
  headersMs: 10_000,
  /** 5 MB of seating plan over a slow link. */
  requestMs: 60_000,
  /** Longer than the idle timeout of load balancers, so that they close first. */
  keepAliveMs: 72_000,
  /** Interval of Node's check for timed-out connections. */
  checkMs: 5_000,
  /** Grace for requests in flight at shutdown. */
  stopMs: 10_000,
};

/** Smaller bodies save less than the extra headers cost. */
const MIN_COMPRESSED_BYTES = 1_024;

/** 10 % smaller than at the plugin's 4. The slowest, a seat map of 100,000 places, takes 4 ms; gzip takes 11. */
const BROTLI_QUALITY = 6;

/** Create the HTTP server, ready to listen; closing it lets requests in flight finish. */
export async function openServer(parts: ServerParts): Promise<FastifyInstance> {
  const { platform, checkouts, seatMaps, waitingRooms, queue, queueWatch, searchEngines, tokens, settings } =
    parts;
  const { http, limits } = settings;
  const development = settings.environment !== 'production';
  const timeouts = { ...TIMEOUTS, ...parts.timeouts };
  const rateLimits = openRateLimits(platform, limits);
  const readiness = openReadiness(platform);

  const sales = new SalesReader(platform);
  const salesFeed = new SalesFeed({ sales, seatMaps, log: platform.log });
  const shared = {
    platform,
    checkouts,
    sales,
    salesFeed,
    seatMaps,
    waitingRooms,
    queue,
    queueWatch,
    searchEngines,
    rateLimits,
    limits,
  };

  const schema = await buildSchema();
  const cache = new ResponseCache(settings.responseCacheBytes, platform.metrics);
  seatMaps.onChange((eventId) => cache.evict([seatMapTag(eventId)]));
  waitingRooms.onRefresh((newlyProtected) => {
    if (newlyProtected.length > 0) cache.evict(newlyProtected.map(seatMapTag));
  });
  await subscribeToCatalogChanges(platform, {
    changed(tags) {
      cache.evict(tags);
      seatMaps.eventsChanged(eventIdsIn(tags));
    },
    everything() {
      cache.evictAll();
      seatMaps.eventsChanged(null);
    },
  });
  const apollo = openApollo({ schema, platform, limits, development });
  await apollo.start();
  const formatError = maskErrors(platform, { tokens: limits.tokens, development });
  const realtime = openRealtime({
    schema,
    settings: settings.realtime,
    addressesPerNetwork: limits.addressesPerNetwork,
    viewersPerAddress: limits.viewersPerAddress,
    origins: http.corsOrigins ?? (development ? '*' : []),
    tokens,
    rateLimits,
    log: platform.log,
    metrics: platform.metrics,
    checkOperation: openOperationChecks(schema, limits),
    contextFor: (subscriber) => makeContext(shared, subscriber),
    formatError: (error, id) =>
      currentRequest.run({ id, operationName: null }, () => formatError(error.toJSON(), error)),
  });
  const server = fastify({
    trustProxy: http.trustProxy ?? false,
    bodyLimit: limits.bodyBytes,
    genReqId: requestIdOf,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    http: {
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.checkMs,
      requireHostHeader: false, // refused by `checkTransport`, with a body
      // an offer to upgrade to HTTP/2 (h2c) is ignored
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    // an own key of an object that is copied as one: no variable or field has that name
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    forceCloseConnections: 'idle',
    return503OnClosing: false, // requests on open connections are still answered, then the connection is closed
    clientErrorHandler: answerClientErrors(platform),
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, platform),
  });
  server.removeContentTypeParser('text/plain'); // CSRF: a form on a foreign page can send text/plain, but not JSON

  limitConnections(server.server, limits.connections, platform);
  answerErrors(server, platform);
  logAccess(server, platform);
  warnOfUntrustedProxies(server, platform);
  server.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  shutDownGracefully(server, {
    drainMs: http.drainSeconds * 1_000,
    stopMs: timeouts.stopMs,
    stopping: () => readiness.stop(),
  });
  server.addHook('preClose', () => realtime.stop()); // after the drain, when load balancers route clients elsewhere
  server.addHook('onClose', async () => {
    salesFeed[Symbol.dispose]();
    await apollo.stop();
  });

  addSecurityHeaders(server);
  checkTransport(server, platform);
  await server.register(cors, {
    origin: http.corsOrigins ?? (development ? '*' : false),
    methods: ['GET', 'POST'],
    exposedHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
    ],
    maxAge: 86_400,
  });
  await server.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: MIN_COMPRESSED_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    globalDecompression: false,
  });
  limitRequests(server, rateLimits);
  refuseWithoutRoute(server);

  addHealthRoutes(server, { readiness, metrics: platform.metrics });
  addGraphqlRoute(server, { apollo, cache, shared, tokens, limits, development });
  realtime.addRoutes(server);
  addDrawRoutes(server, { platform, rateLimits });
  addExportRoutes(server, { platform, tokens, rateLimits });
  if (development) addGraphiqlRoutes(server);
  if (parts.jwks) addJwksRoute(server, parts.jwks);
  parts.addRoutes?.(server);
  return server;
}
