import { randomInt } from 'node:crypto';

import { isFree } from '../../src/app/local-stack/index.ts';

/** Below what systems give to whoever asks for any port: from 32,768 on here, from 49,152 on elsewhere. */
const PORTS = [15_000, 30_000] as const;

/** Find a port for a server that will be away for a while and come back: nobody is given it by chance meanwhile. */
export async function keptPort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS);
    if (await isFree(port)) return port;
  }
}
