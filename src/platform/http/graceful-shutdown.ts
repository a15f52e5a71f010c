import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * Graceful shutdown in `server.close()`: report not ready, keep serving while load balancers drain, stop accepting connections,
 * let requests in flight finish, and close the rest after `stopMs`.
 */
export function shutDownGracefully(
  server: FastifyInstance,
  options: { drainMs: number; stopMs: number; stopping: () => void },
): void {
  let stopping = false;
  let forceClose: NodeJS.Timeout | undefined;
  server.addHook('onSend', async (_request, reply) => {
    // so that the client sends its next request over another connection
    if (stopping) reply.header('connection', 'close');
  });
  server.addHook('preClose', async () => {
    stopping = true;
    options.stopping();
    if (options.drainMs > 0) await wait(options.drainMs);
    forceClose = setTimeout(() => server.server.closeAllConnections(), options.stopMs).unref();
  });
  server.addHook('onClose', async () => clearTimeout(forceClose));
}
