import { setTimeout as pause } from 'node:timers/promises';

import { openDependencies } from '../../src/app/dependencies.ts';
import { startOnsale } from '../../src/app/start.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { serveRpc } from '../rpc.ts';
import { openBareServer } from './bare-server.ts';

/** Memory of the process after garbage collection. */
export interface MemoryUse {
  residentBytes: number;
  /** V8's heap and external memory. */
  v8Bytes: number;
}

/** Onsale's API and a plain `ws` server in one process; needs `--expose-gc`. */
export interface MemoryServer {
  start(): Promise<{ onsale: string; barePort: number }>;
  measure(): Promise<MemoryUse>;
}

serveRpc<MemoryServer>({
  async start() {
    const settings = readSettings();
    const dependencies = await openDependencies(settings, openLog(settings.logLevel));
    const onsale = await startOnsale(settings, dependencies, new Set(['api']));
    return { onsale: onsale.url, barePort: (await openBareServer()).port };
  },
  async measure() {
    for (let n = 0; n < 4; n++) {
      // as before out-of-memory: it returns free heap pages to the system, too
      void gc!({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      await pause(100); // finalizers free memory for the next collection
    }
    const { rss, heapUsed, external } = process.memoryUsage(); // array buffers are in `external`
    return { residentBytes: rss, v8Bytes: heapUsed + external };
  },
});
