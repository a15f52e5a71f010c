import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ephemeral ports, which begin at 32,768 on Linux and at 49,152 elsewhere. */
const STABLE_PORT_RANGE = [15_000, 30_000] as const;

/** Ephemeral port that is free now. Another process can take it before the caller listens: retry on EADDRINUSE. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === null) throw new Error('the system has no free port on 127.0.0.1');
  return port;
}

/** With half of the range taken, one of a billion starts would fail. */
const MAX_PORT_ATTEMPTS = 30;

/** Free port for a server that listens later or restarts: outside the ephemeral range, so the system assigns it to no other. */
export async function stableFreePort(): Promise<number> {
  for (let attempts = 0; attempts < MAX_PORT_ATTEMPTS; attempts++) {
    const port = randomInt(...STABLE_PORT_RANGE);
    if (await isPortFree(port)) return port;
  }
  throw new Error('the system has no free port on 127.0.0.1 outside of the ephemeral range');
}

/** Whether no process listens on the port of 127.0.0.1. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== null;
}

function listenOnce(port: number): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const server = createServer();
  server.once('error', () => resolve(null));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
  });
  return promise;
}
