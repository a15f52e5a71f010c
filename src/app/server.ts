import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';

import { openCatalogLoaders } from '../catalog/index.ts';
import type { TokenReader } from '../platform/auth/tokens.ts';
import type { Settings } from '../platform/config.ts';
import type { Platform } from '../platform/index.ts';
import { openApollo } from './apollo.ts';
import type { Context } from './context.ts';
import { buildSchema } from './schema.ts';

/** What the HTTP server is made of. */
export interface ServerParts {
  platform: Platform;
  tokens: TokenReader;
  settings: Pick<Settings, 'environment' | 'http' | 'limits'>;
}

/** Make the HTTP server, ready to listen; closing it lets requests in flight finish. */
export async function openServer({ platform, tokens, settings }: ServerParts): Promise<FastifyInstance> {
  const apollo = openApollo({
    schema: await buildSchema(),
    development: settings.environment !== 'production',
  });
  await apollo.start();
  const server = fastify({
    loggerInstance: platform.log,
    disableRequestLogging: true,
    trustProxy: settings.http.trustProxy,
    bodyLimit: settings.limits.bodyBytes,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;

  server.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: '/graphql',
    handler: fastifyApolloHandler<Context>(apollo, {
      context: async (request) => ({
        platform,
        viewer: await tokens.read(request.headers.authorization),
        address: request.ip,
        requestId: request.id,
        loaders: openCatalogLoaders(platform.db),
      }),
    }),
  });
  server.addHook('onClose', () => apollo.stop());
  return server;
}
