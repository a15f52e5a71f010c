import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { TokenReader } from '../../platform/auth/tokens.ts';
import type { Limits } from '../../platform/config/limits.ts';
import { CodedError } from '../../platform/errors.ts';
import { abortOnDisconnect } from '../../platform/http/abort-on-disconnect.ts';
import { limitBody } from '../../platform/http/body-limit.ts';
import { currentRequest } from '../../platform/http/current-request.ts';
import {
  applyLocalCount,
  applySharedCount,
  applyWeight,
  authenticate,
} from '../../platform/http/rate-limit.ts';
import { addVary } from '../../platform/http/vary.ts';
import { ADMISSION_HEADER, readPasses } from '../../waiting-room/index.ts';
import type { Cacheability, Context } from '../context.ts';
import { makeContext, type SharedContext } from '../graphql/make-context.ts';
import { serveFromCache, type ResponseCache } from '../response-cache/index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while the response is built. */
    cacheability: Cacheability | null;
    /** Of waiting rooms, as the client presents them. */
    passes: readonly string[];
  }
}

export interface GraphqlRouteParts {
  apollo: ApolloServer<Context>;
  cache: ResponseCache;
  shared: SharedContext;
  tokens: TokenReader;
  limits: Limits;
  development: boolean;
}

/** Serve GraphQL at `/graphql`. The token is verified before the body is read. */
export function addGraphqlRoute(server: FastifyInstance, parts: GraphqlRouteParts): void {
  const { apollo, shared, tokens, limits } = parts;
  const { rateLimits } = shared;
  const execute = fastifyApolloHandler<Context>(apollo, {
    context: async (request, reply) => {
      const { viewer, clientAddress: address, id: requestId, passes } = request;
      const context = makeContext(
        shared,
        { viewer, address, requestId, passes },
        {
          signal: abortOnDisconnect(reply.raw),
          rawHeaders: request.raw.rawHeaders,
          countWeight: (weight) => applyWeight(rateLimits, request, reply, weight),
        },
      );
      request.cacheability = context.cacheability;
      return context;
    },
  });

  server.decorateRequest('cacheability', null);
  server.decorateRequest('passes');
  server.register(async (scope) => {
    const respond = serveFromCache(scope, parts.cache);
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      config: {
        countsRequests: true,
        ...(parts.development && { contentSecurityPolicy: false }), // Apollo Sandbox sends its own policy
      },
      bodyLimit: Math.max(limits.bodyBytes, limits.uploadBytes),
      async onRequest(request, reply) {
        request.viewer = await authenticate(request, reply, { tokens, rateLimits });
        applyLocalCount(rateLimits, request, reply);
        requireHost(request); // refusals count, too
        request.passes = readPasses(request.headers[ADMISSION_HEADER]);
        addVary(reply, 'authorization');
      },
      preParsing: limitBody(({ viewer }) => (mayUpload(viewer) ? limits.uploadBytes : limits.bodyBytes)),
      handler: (request, reply) =>
        respond(request, reply, async () => {
          await applySharedCount(request, reply); // Redis takes longer than a cache hit
          const body = await currentRequest.run(request, () => execute.call(server, request, reply));
          return { body, cacheability: request.cacheability };
        }),
    });
  });
}

/** Seating plans of organisers are the only large inputs. */
function mayUpload(viewer: FastifyRequest['viewer']): boolean {
  return viewer !== null && (viewer.roles.has('ORGANISER') || viewer.roles.has('ADMIN'));
}

/** The Apollo handler parses the host as a URL, which fails for some hosts that Node accepts. */
function requireHost({ hostname }: FastifyRequest): void {
  if (!URL.canParse(`http://${hostname}/`))
    throw new CodedError('INVALID_REQUEST', 'The Host header is not a valid host.');
}
