import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

import type { AuthenticatedViewer } from '../auth/viewer.ts';
import type { Platform } from '../index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The viewer, once the token is verified. */
    viewer: AuthenticatedViewer | null;
    /** The operation name of the GraphQL request. */
    operationName: string | null;
  }
  interface FastifyContextConfig {
    /** A health check, every few seconds: logged at debug level, not rate limited. */
    probe?: boolean;
  }
}

/** Log each request in one line and observe its duration; never its body. */
export function logAccess(
  server: FastifyInstance,
  { log, metrics }: Pick<Platform, 'log' | 'metrics'>,
): void {
  server.decorateRequest('viewer', null);
  server.decorateRequest('operationName', null);
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'; // the registered pattern, which bounds the label values
    metrics.httpSeconds.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
    log[request.routeOptions.config.probe ? 'debug' : 'info'](
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        operation: request.operationName?.slice(0, 100),
        viewer: request.viewer ? pseudonym(request.viewer.id) : undefined,
      },
      'request',
    );
  });
}

/** A stable pseudonym: the `sub` may be a name or an email address. */
function pseudonym(viewerId: string): string {
  return createHash('sha256').update(viewerId).digest('hex').slice(0, 12);
}
