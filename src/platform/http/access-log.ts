import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

import type { Session } from '../auth/viewer.ts';
import type { Platform } from '../index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever is asking, once their token was read. */
    viewer: Session | null;
    /** What the client called its operation. */
    operationName: string | null;
  }
  interface FastifyContextConfig {
    /** Asked by machines every few seconds: not worth a line, nor counted against the address. */
    probe?: boolean;
  }
}

/** Say of every answered request, in one line and one number, what it was and how it went; never what it carried. */
export function logAccess(
  server: FastifyInstance,
  { log, metrics }: Pick<Platform, 'log' | 'metrics'>,
): void {
  server.decorateRequest('viewer', null);
  server.decorateRequest('operationName', null);
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'; // as registered, so that there are only so many
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

/** The same for the same viewer, and no name or address, as a `sub` may be. */
function pseudonym(viewerId: string): string {
  return createHash('sha256').update(viewerId).digest('hex').slice(0, 12);
}
