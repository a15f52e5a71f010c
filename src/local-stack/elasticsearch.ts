import { chown, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startChild, type LogLine, type Program } from './child.ts';
import { findElasticsearch, type ElasticsearchProgram } from './elasticsearch-program.ts';
import { AlreadyRunning, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { isPortFree, stableFreePort } from './ports.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { stopStaleProcess, type StopSignals } from './processes.ts';
import { chooseRunAs, SYSTEM_PATH, type RunAs } from './run-as.ts';

/** An embedded Elasticsearch of one node; disposing stops it and keeps its data. */
export interface LocalElasticsearch extends AsyncDisposable {
  url: string;
  port: number;
  /** Of the server, the child of a launcher. */
  pid: number;
}

export interface ElasticsearchOptions {
  /** Holds data, configuration and log. */
  directory: string;
  /** Defaults to a free port. */
  port?: number | undefined;
  log?: LogLine | undefined;
  /** For tests: it starts sooner, and is slower in the long run. */
  isShortLived?: boolean;
}

const STOP_SIGNALS: StopSignals = [
  ['SIGTERM', 30_000],
  ['SIGKILL', 5_000],
];
/** 12 s on two idle cores, a minute on busy ones. */
const READY_TIMEOUT_MS = 180_000;
const PROBE_TIMEOUT_MS = 1_000;

/** The demo catalogue takes 100 MB of heap; without a maximum it would take half of the memory. */
const HEAP = '512m';
/** Warnings alone: garbage collections are logged to files of up to 2 GB otherwise. */
const JVM_OPTIONS = [`-Xms${HEAP}`, `-Xmx${HEAP}`, '-Xlog:disable', '-Xlog:all=warning:stderr'];
/** Compiles once, without optimising: a start takes half of the processor time, 7 s. */
const QUICK_START = '-XX:TieredStopAtLevel=1';
/** To standard output, and thus to the log file of the local stack. */
const LOG_CONFIGURATION = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%consoleException%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

/** Start Elasticsearch. Throws PortTaken, AlreadyRunning, ChildFailed, or a LocalStackError if it is not installed. */
export async function startElasticsearch(options: ElasticsearchOptions): Promise<LocalElasticsearch> {
  const program = await findElasticsearch();
  const runAs = chooseRunAs(options.directory, join(program.javaHome, 'bin', 'java'), program.home);
  const directory = await prepareDirectory(options.directory, runAs.owner);
  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Elasticsearch', runAs.owner));
  const pidFile = join(directory, 'tmp', 'elasticsearch.pid'); // a directory that exists may be another user's
  await stopStaleServer(pidFile, directory, options.log);
  // After that, as the server of an earlier run may hold the port
  if (options.port && !(await isPortFree(options.port))) throw new PortTaken('Elasticsearch', options.port);

  const port = options.port || (await stableFreePort());
  const configuration = await configure(program, runAs, {
    directory,
    port,
    isShortLived: options.isShortLived ?? false,
  });
  const url = `http://127.0.0.1:${port}`;
  const child = opening.use(
    await startChild({
      ...commandOf(program, runAs, { directory, configuration, pidFile }),
      name: 'Elasticsearch',
      logFile: join(directory, 'elasticsearch.log'),
      isReady: () => isHealthy(url),
      readyTimeoutMs: READY_TIMEOUT_MS,
      stopSignals: STOP_SIGNALS,
      log: options.log,
    }),
  );
  const pid = (await readPid(pidFile)) ?? child.pid;
  const owned = opening.move();
  return {
    url,
    port,
    pid,
    async [Symbol.asyncDispose]() {
      await owned.disposeAsync();
      await stopStaleProcess(pid, directory, STOP_SIGNALS); // a launcher that was killed leaves its server behind
    },
  };
}

/** Stop the server of a run that was killed: this process holds the lock, so no other one uses it. */
async function stopStaleServer(pidFile: string, directory: string, log: LogLine | undefined): Promise<void> {
  const pid = await readPid(pidFile);
  if (pid === null) return;
  if (!(await stopStaleProcess(pid, directory, STOP_SIGNALS)))
    throw new AlreadyRunning('Elasticsearch', directory, pid);
  await rm(pidFile, { force: true });
  log?.('Elasticsearch was not shut down cleanly: recovering its indices');
}

async function readPid(pidFile: string): Promise<number | null> {
  const pid = parseInt(await readFile(pidFile, 'utf8').catch(() => ''));
  return pid > 0 ? pid : null;
}

/** Write the configuration; returns its folder, which belongs to the user that runs the server: it adds a keystore. */
async function configure(
  { home }: ElasticsearchProgram,
  { owner }: RunAs,
  { directory, port, isShortLived }: { directory: string; port: number; isShortLived: boolean },
): Promise<string> {
  const configuration = await prepareDirectory(join(directory, 'config'), owner);
  const overrides = await prepareDirectory(join(configuration, 'jvm.options.d'), owner);
  for (const name of ['data', 'logs', 'tmp']) await prepareDirectory(join(directory, name), owner);
  const settings = {
    'cluster.name': 'onsale',
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': port,
    'path.data': join(directory, 'data'),
    'path.logs': join(directory, 'logs'),
    'xpack.security.enabled': false,
    'action.auto_create_index': false, // a misspelt name would get an index with a guessed mapping
    'cluster.routing.allocation.disk.threshold_enabled': false, // else it stops writing where 5 % of the disk are left
  };
  const files = {
    [join(configuration, 'elasticsearch.yml')]: `${JSON.stringify(settings, null, 2)}\n`, // JSON is YAML
    [join(configuration, 'log4j2.properties')]: LOG_CONFIGURATION,
    [join(overrides, 'onsale.options')]: [...JVM_OPTIONS, ...(isShortLived ? [QUICK_START] : []), ''].join(
      '\n',
    ),
  };
  for (const [file, text] of Object.entries(files)) await writeFile(file, text);
  const options = join(configuration, 'jvm.options');
  await copyFile(join(home, 'config', 'jvm.options'), options);
  if (owner) {
    for (const file of [...Object.keys(files), options]) await chown(file, owner.uid, owner.gid);
  }
  return configuration;
}

/** Command that runs the server. `directory` is in the command line of the server, which identifies a stale one. */
function commandOf(
  { home, javaHome }: ElasticsearchProgram,
  runAs: RunAs,
  { directory, configuration, pidFile }: Record<'directory' | 'configuration' | 'pidFile', string>,
): Pick<Program, 'command' | 'args' | 'uid' | 'gid' | 'env'> {
  return {
    // by bash, as unpacking keeps no execute permission
    ...runAs.wrapCommand('bash', [join(home, 'bin', 'elasticsearch'), '--pidfile', pidFile], 'SIGTERM'),
    env: {
      PATH: SYSTEM_PATH,
      LC_ALL: 'C',
      HOME: directory,
      ES_JAVA_HOME: javaHome,
      ES_PATH_CONF: configuration,
      ES_TMPDIR: join(directory, 'tmp'),
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=500ms`, {
    signal,
  }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}
