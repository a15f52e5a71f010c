import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what systems give to whoever asks for any port: from 32,768 on Linux, from 49,152 on elsewhere. */
const STABLE_PORTS = [15_000, 30_000] as const;

/** Ask the system for a port that is free now. Somebody else may take it before it is used: be ready to ask again. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === null) throw new Error('the system has no free port on 127.0.0.1');
  return port;
}

/** Find a free port for a server that listens later, or goes away and comes back: nobody is given it by chance meanwhile. */
export async function stableFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...STABLE_PORTS);
    if (await isPortFree(port)) return port;
  }
}

/** Tell whether nobody listens on the port of the loopback address. */
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
