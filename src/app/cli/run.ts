import { isPortFree, PortTaken, stableFreePort } from '../../local-stack/index.ts';
import { readOptions } from '../../platform/cli/read-options.ts';
import { exitWithMessage } from '../../platform/cli/run-command.ts';
import {
  misspeltVariables,
  readSettings,
  SEARCH_ENGINES,
  type SearchEngineName,
  type Settings,
} from '../../platform/config/settings.ts';
import { migrate } from '../../platform/db/migrate.ts';
import { openLog, readableLines } from '../../platform/telemetry/log.ts';
import { openDependencies, type OpenedDependencies } from '../dependencies.ts';
import { startOnsale, type ProcessRole } from '../start.ts';
import { writeBanner } from './banner.ts';
import { ensureDemoCatalogue } from './load-demo.ts';
import { shutdownSignal, type ShutdownSignal } from './shutdown-signal.ts';

const ROLES: readonly ProcessRole[] = ['api', 'worker'];

/** Run Onsale until SIGINT or SIGTERM; returns the exit code. A second signal exits at once. */
export function run(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const stopped = shutdownSignal();
  return exitWithMessage(async () => {
    const { roles, search, problems } = readCommandLine(args);
    const settings = await resolvePort(readSettings(undefined, problems, search));
    const log = openLog(
      settings.logLevel,
      settings.environment === 'development' ? readableLines() : undefined,
    );
    for (const { name, nearest } of misspeltVariables())
      log.warn({ name, nearest }, 'variable is no setting: misspelt?');
    await using dependencies = await openDependencies(settings, log);
    await requireFreePort(settings.http.port);
    if (!stopped.isReceived()) await prepare(settings, dependencies, stopped);
    if (stopped.isReceived()) return 0;
    await using onsale = await startOnsale(settings, dependencies, roles);
    await announce(onsale.url, {
      settings,
      dependencies,
      roles,
      seconds: (performance.now() - began) / 1_000,
    });
    await stopped.signal;
    log.info('shutdown started: requests in flight may finish');
    return 0;
  });
}

/** The options, and the problems of their values: they are reported with the problems of the environment. */
function readCommandLine(args: readonly string[]): {
  roles: ReadonlySet<ProcessRole>;
  search: SearchEngineName | undefined;
  problems: string[];
} {
  const options = readOptions({
    call: 'npm start --',
    about:
      'Run Onsale, with embedded services for those that are not configured; .env.example has the settings.',
    args,
    options: {
      role: { type: 'string', multiple: true, value: 'ROLE', about: 'run one role only: api or worker' },
      search: {
        type: 'string',
        value: 'ENGINE',
        about: 'postgres or elasticsearch, an embedded one without ELASTICSEARCH_URL',
      },
    },
  });
  const asked = options.role ?? ROLES;
  const unknown = asked.filter((role) => !ROLES.includes(role as ProcessRole));
  const problems = unknown.map((role) => `--role ${role}: must be api or worker`);
  const search = SEARCH_ENGINES.find((engine) => engine === options.search);
  if (options.search !== undefined && search === undefined)
    problems.push(`--search ${options.search}: must be postgres or elasticsearch`);
  return { roles: new Set(asked as ProcessRole[]), search, problems };
}

/** Port 0 is resolved early: the Stripe emulator needs the webhook address before the server listens. */
async function resolvePort(settings: Settings): Promise<Settings> {
  const { http } = settings;
  return http.port === 0 ? { ...settings, http: { ...http, port: await stableFreePort() } } : settings;
}

/** After the local stack: an Onsale on the same data gets the clearer AlreadyRunning there. */
async function requireFreePort(port: number): Promise<void> {
  if (await isPortFree(port)) return;
  throw new PortTaken(
    'Onsale',
    port,
    'Stop that program, or set PORT to another port; PORT=0 picks a free one.',
  );
}

/** Banner on a terminal; in production a JSON log line. */
async function announce(
  url: string,
  {
    settings,
    dependencies,
    roles,
    seconds,
  }: {
    settings: Settings;
    dependencies: OpenedDependencies;
    roles: ReadonlySet<ProcessRole>;
    seconds: number;
  },
): Promise<void> {
  const { environment } = settings;
  if (environment === 'production')
    return dependencies.log.info({ url, roles: [...roles], seconds }, 'Onsale is ready');
  const banner = await writeBanner(url, dependencies, {
    api: roles.has('api'),
    development: environment === 'development',
    seconds,
  });
  process.stdout.write(banner);
}

/**
 * Migrate the database, and load the demo catalogue into the embedded one. In production the operator runs
 * `npm run migrate`; until then `/readyz` reports `unmigrated`.
 */
async function prepare(
  settings: Settings,
  dependencies: OpenedDependencies,
  stopped: ShutdownSignal,
): Promise<void> {
  if (settings.environment === 'production') return;
  await migrate(dependencies.databaseUrl, {
    report: (line, kind) => dependencies.log[kind === 'wait' ? 'warn' : 'debug'](line),
  });
  if (settings.database.kind === 'external') return;
  await ensureDemoCatalogue(dependencies.databaseUrl, stopped);
}
