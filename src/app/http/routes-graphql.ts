import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { TokenReader } from '../../platform/auth/tokens.ts';
import type { Limits } from '../../platform/config.ts';
import { CodedError } from '../../platform/errors.ts';
import { limitBody } from '../../platform/http/body-limit.ts';
import { currentRequest } from '../../platform/http/current-request.ts';
import { addVary } from '../../platform/http/vary.ts';
import type { AnswerNotes, Context } from '../context.ts';
import { makeContext, type SharedContext } from '../graphql/make-context.ts';
import { serveFromCache, type ResponseCache } from '../response-cache/index.ts';
import { limitAddress } from './rate-limit-addresses.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What was noted while its answer was made. */
    notes: AnswerNotes | null;
  }
}

/** What the GraphQL route is made of. */
export interface GraphqlRouteParts {
  apollo: ApolloServer<Context>;
  cache: ResponseCache;
  shared: SharedContext;
  tokens: TokenReader;
  limits: Limits;
  development: boolean;
}

/** Serve GraphQL at `/graphql`: who is asking is known before a byte of what they ask is read. */
export function addGraphqlRoute(server: FastifyInstance, parts: GraphqlRouteParts): void {
  const { apollo, shared, tokens, limits } = parts;
  const execute = fastifyApolloHandler<Context>(apollo, {
    context: async (request) => {
      const { viewer, ip: address, id: requestId } = request;
      const context = makeContext(shared, { viewer, address, requestId });
      request.notes = context.answer;
      return context;
    },
  });

  server.decorateRequest('notes', null);
  server.register(async (scope) => {
    const answer = serveFromCache(scope, parts.cache);
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      config: {
        mostlyFromMemory: true,
        ...(parts.development && { contentSecurityPolicy: false }), // Apollo Sandbox brings a policy of its own
      },
      bodyLimit: Math.max(limits.bodyBytes, limits.uploadBytes),
      async onRequest(request, reply) {
        requireHost(request);
        request.viewer = await tokens.read(request.headers.authorization);
        addVary(reply, 'authorization');
      },
      preParsing: limitBody(({ viewer }) => (mayUpload(viewer) ? limits.uploadBytes : limits.bodyBytes)),
      handler: (request, reply) =>
        answer(request, reply, async () => {
          await limitAddress(shared.rateLimits, request, reply);
          const body = await currentRequest.run(request, () => execute.call(server, request, reply));
          return { body, notes: request.notes };
        }),
    });
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
