import { openDependencies } from '../../src/app/dependencies.ts';
import { startOnsale } from '../../src/app/start.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';

/** `--role worker` with the stock bound of admission off, which no setting of the server does. */
const settings = readSettings();
const log = openLog(settings.logLevel);
await using dependencies = await openDependencies(settings, log);
const worker = await startOnsale(
  settings,
  { ...dependencies, admissionSwitches: { stockBound: false } },
  new Set(['worker']),
);
await new Promise((stop) => process.once('SIGTERM', stop));
await worker[Symbol.asyncDispose]();
