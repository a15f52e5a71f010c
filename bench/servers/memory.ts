import { setTimeout as pause } from 'node:timers/promises';

import { openDependencies } from '../../src/app/dependencies.ts';
import { startOnsale } from '../../src/app/start.ts';
import { readSettings } from '../../src/platform/config.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { serveRpc } from '../rpc.ts';
import { openBareServer } from './bare-server.ts';

/** What a process takes, once everything that can be let go of has been. */
export interface MemoryUse {
  residentBytes: number;
  /** What V8 keeps, in its heap and out of it. */
  v8Bytes: number;
}

/** Onsale's API and a bare `ws` server in one process, which can be weighed; needs `--expose-gc`. */
export interface MemoryServer {
  start(): Promise<{ onsale: string; barePort: number }>;
  measure(): Promise<MemoryUse>;
}

serveRpc<MemoryServer>({
  async start() {
    const settings = readSettings();
    const outside = await openDependencies(settings, openLog(settings.logLevel));
    const onsale = await startOnsale(settings, outside, new Set(['api']));
    return { onsale: onsale.url, barePort: (await openBareServer()).port };
  },
  async measure() {
    for (let n = 0; n < 4; n++) {
      // as when memory runs out: what is free within the heap goes back to the system, too
      void gc!({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      await pause(100); // what finalizers let go of goes next time
    }
    const { rss, heapUsed, external } = process.memoryUsage(); // array buffers are in `external`
    return { residentBytes: rss, v8Bytes: heapUsed + external };
  },
});
