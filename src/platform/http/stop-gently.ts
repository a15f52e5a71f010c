import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * Make `server.close()` gentle: say that we are stopping, go on for as long as load balancers take to hear it, take no
 * more connections, let requests in flight finish, and cut off those that do not.
 */
export function stopGently(
  server: FastifyInstance,
  options: { drainMs: number; stopMs: number; stopping: () => void },
): void {
  let stopping = false;
  let cutOff: NodeJS.Timeout | undefined;
  server.addHook('onSend', async (_request, reply) => {
    // a client that heard of it sends its next request elsewhere, instead of into a connection about to be closed
    if (stopping) reply.header('connection', 'close');
  });
  server.addHook('preClose', async () => {
    stopping = true;
    options.stopping();
    if (options.drainMs > 0) await wait(options.drainMs);
    cutOff = setTimeout(() => server.server.closeAllConnections(), options.stopMs).unref();
  });
  server.addHook('onClose', async () => clearTimeout(cutOff));
}
