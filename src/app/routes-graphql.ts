import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { TokenReader } from '../platform/auth/tokens.ts';
import type { Limits } from '../platform/config.ts';
import { CodedError } from '../platform/errors.ts';
import { limitBody } from '../platform/http/body-limit.ts';
import { currentRequest } from '../platform/http/current-request.ts';
import type { Context } from './context.ts';
import { makeContext, type SharedContext } from './make-context.ts';

/** What the GraphQL route is made of. */
export interface GraphqlRouteParts {
  apollo: ApolloServer<Context>;
  shared: SharedContext;
  tokens: TokenReader;
  limits: Limits;
  development: boolean;
}

/** Serve GraphQL at `/graphql`: who is asking is known before a byte of what they ask is read. */
export function addGraphqlRoute(server: FastifyInstance, parts: GraphqlRouteParts): void {
  const { apollo, shared, tokens, limits } = parts;
  const answer = fastifyApolloHandler<Context>(apollo, {
    context: async ({ viewer, ip: address, id: requestId }) =>
      makeContext(shared, { viewer, address, requestId }),
  });

  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: Math.max(limits.bodyBytes, limits.uploadBytes),
    ...(parts.development && { helmet: { contentSecurityPolicy: false } }), // Apollo Sandbox brings a policy of its own
    async onRequest(request, reply) {
      requireHost(request);
      request.viewer = await tokens.read(request.headers.authorization);
      reply.header('vary', 'authorization');
    },
    preParsing: limitBody(({ viewer }) => (mayUpload(viewer) ? limits.uploadBytes : limits.bodyBytes)),
    handler: (request, reply) => currentRequest.run(request, () => answer.call(server, request, reply)),
  });
}

/** Organisers draw seating plans; nobody else has that much to say. */
function mayUpload(viewer: FastifyRequest['viewer']): boolean {
  return viewer !== null && (viewer.roles.has('ORGANISER') || viewer.roles.has('ADMIN'));
}

/** The handler makes a URL of it, and not everything that Node takes for a host can be one. */
function requireHost({ hostname }: FastifyRequest): void {
  if (!URL.canParse(`http://${hostname}/`))
    throw new CodedError('INVALID_REQUEST', 'The host header names no host.');
}
