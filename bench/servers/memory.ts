import { openDependencies } from '../../src/app/dependencies.ts';
import { startOnsale } from '../../src/app/start.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { serveRpc } from '../rpc.ts';
import { openBareServer } from './bare-server.ts';
import { measureMemory, type MemoryProbe } from './memory-probe.ts';

/** Onsale's API and a plain `ws` server in one process; needs `--expose-gc`. */
export interface MemoryServer extends MemoryProbe {
  start(): Promise<{ onsale: string; barePort: number }>;
}

serveRpc<MemoryServer>({
  async start() {
    const settings = readSettings();
    const dependencies = await openDependencies(settings, openLog(settings.logLevel));
    const onsale = await startOnsale(settings, dependencies, new Set(['api']));
    return { onsale: onsale.url, barePort: (await openBareServer()).port };
  },
  measure: measureMemory,
});
