import { isFree, keptPort, PortTaken } from '../../local-stack/index.ts';
import { ConfigurationError, readSettings, type Settings } from '../../platform/config.ts';
import { migrate } from '../../platform/db/migrate.ts';
import { openLog, readableLines } from '../../platform/telemetry/log.ts';
import { openDependencies, type OpenedDependencies } from '../dependencies.ts';
import { startOnsale, type ProcessRole } from '../start.ts';
import { writeBanner } from './banner.ts';
import { exitWithMessage, readOptions } from './explain-errors.ts';
import { ensureDemoCatalogue } from './load-demo.ts';
import { shutdownSignal, type ShutdownSignal } from './shutdown-signal.ts';

const ROLES: readonly ProcessRole[] = ['api', 'worker'];

/** Run Onsale until it is told to stop (SIGINT, SIGTERM); answers the exit code. A second signal does not wait. */
export function run(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const stopped = shutdownSignal();
  return exitWithMessage(async () => {
    const roles = readRoles(args);
    const settings = await choosePort(readSettings());
    const log = openLog(
      settings.logLevel,
      settings.environment === 'development' ? readableLines() : undefined,
    );
    await using outside = await openDependencies(settings, log);
    await requireFree(settings.http.port);
    if (!stopped.already()) await prepare(settings, outside, stopped);
    if (stopped.already()) return 0;
    await using onsale = await startOnsale(settings, outside, roles);
    await announce(onsale.url, { settings, outside, roles, seconds: (performance.now() - began) / 1_000 });
    await stopped.signal;
    log.info('stopping: what is under way may finish');
    return 0;
  });
}

function readRoles(args: readonly string[]): ReadonlySet<ProcessRole> {
  const options = readOptions({ args: [...args], options: { role: { type: 'string', multiple: true } } });
  const asked = options.role ?? ROLES;
  const unknown = asked.filter((role) => !ROLES.includes(role as ProcessRole));
  if (unknown.length > 0)
    throw new ConfigurationError(unknown.map((role) => `--role ${role}: must be api or worker`));
  return new Set(asked as ProcessRole[]);
}

/** Port 0 is any free one; the Stripe emulator has to know which before we listen. */
async function choosePort(settings: Settings): Promise<Settings> {
  const { http } = settings;
  return http.port === 0 ? { ...settings, http: { ...http, port: await keptPort() } } : settings;
}

/** Only now, as it may be an Onsale on the same data that has the port, and that is said by whoever starts the stores. */
async function requireFree(port: number): Promise<void> {
  if (await isFree(port)) return;
  throw new PortTaken(
    'Onsale',
    port,
    'Stop that program, or set PORT to another port; PORT=0 is any that is free.',
  );
}

/** Say where everything is: to a person, or in production to whatever collects the log, which takes nothing but JSON. */
async function announce(
  url: string,
  {
    settings,
    outside,
    roles,
    seconds,
  }: { settings: Settings; outside: OpenedDependencies; roles: ReadonlySet<ProcessRole>; seconds: number },
): Promise<void> {
  const { environment } = settings;
  if (environment === 'production')
    return outside.log.info({ url, roles: [...roles], seconds }, 'Onsale is ready');
  const banner = await writeBanner(url, outside, {
    api: roles.has('api'),
    development: environment === 'development',
    seconds,
  });
  process.stdout.write(banner);
}

/**
 * Make the database ready: newest schema, and the demo catalogue in a database of our own. In production the operator
 * migrates when it suits, by `npm run migrate`; `/readyz` says so until then.
 */
async function prepare(
  settings: Settings,
  outside: OpenedDependencies,
  stopped: ShutdownSignal,
): Promise<void> {
  if (settings.environment === 'production') return;
  await migrate(outside.databaseUrl);
  if (settings.database.kind === 'external') return;
  await ensureDemoCatalogue(outside.databaseUrl, stopped);
}
