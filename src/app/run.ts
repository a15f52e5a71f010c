import { parseArgs } from 'node:util';

import { ConfigurationError, readSettings, type Settings } from '../platform/config.ts';
import { migrate } from '../platform/db/migrate.ts';
import { openLog, readableLines, type Log } from '../platform/telemetry/log.ts';
import { writeBanner } from './banner.ts';
import { loadDemoCatalogue } from './demo-catalogue.ts';
import { freePort, isFree, PortTaken } from './local-stack/index.ts';
import { openOutside, type OpenedOutside } from './outside.ts';
import { startOnsale, type Role } from './start.ts';
import { untilStopped } from './until-stopped.ts';

const ROLES: readonly Role[] = ['api', 'worker'];

/** Run Onsale until it is told to stop (SIGINT, SIGTERM); answers the exit code. A second signal does not wait. */
export async function run(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const stopped = untilStopped();
  try {
    const roles = readRoles(args);
    const settings = await withPort(readSettings());
    const log = openLog(
      settings.logLevel,
      settings.environment === 'development' ? readableLines() : undefined,
    );
    await using outside = await openOutside(settings, log);
    if (!stopped.already()) await prepare(settings, outside, log);
    if (stopped.already()) return 0;
    await using onsale = await startOnsale(settings, outside, roles);
    process.stdout.write(
      await writeBanner(onsale.url, outside, {
        development: settings.environment === 'development',
        seconds: (performance.now() - began) / 1_000,
      }),
    );
    await stopped.signal;
    log.info('stopping: what is under way may finish');
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  }
}

function readRoles(args: readonly string[]): ReadonlySet<Role> {
  const { values } = parseArgs({ args: [...args], options: { role: { type: 'string', multiple: true } } });
  const asked = values.role ?? ROLES;
  const unknown = asked.filter((role) => !ROLES.includes(role as Role));
  if (unknown.length > 0)
    throw new ConfigurationError(unknown.map((role) => `--role ${role}: must be api or worker`));
  return new Set(asked as Role[]);
}

/** Find out before anything is started whether we can listen; port 0 is any free one, which webhooks must know early. */
async function withPort(settings: Settings): Promise<Settings> {
  const { http } = settings;
  if (http.port === 0) return { ...settings, http: { ...http, port: await freePort() } };
  if (!(await isFree(http.port))) throw new PortTaken('Onsale', http.port);
  return settings;
}

/**
 * Make the database ready: newest schema, and the demo catalogue in a database of our own. In production the operator
 * migrates when it suits, by `npm run migrate`; `/readyz` says so until then.
 */
async function prepare(settings: Settings, outside: OpenedOutside, log: Log): Promise<void> {
  if (settings.environment === 'production') return;
  await migrate(outside.databaseUrl);
  if (settings.database.kind === 'external') return;
  const loaded = await loadDemoCatalogue(outside.databaseUrl, process.stdout);
  if (loaded !== null) log.info(loaded);
}

/** Errors that were foreseen explain themselves; of the others the whole story is wanted. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof Error && 'wayOut' in error) return `${error.message}\n${String(error.wayOut)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
