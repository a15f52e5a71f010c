import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { startChild, type Child, type LogLine } from './child.ts';
import { AlreadyRunning, ChildFailed, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { freePort, isPortFree } from './ports.ts';
import {
  dataDirectoryOf,
  findPostgres,
  openCluster,
  POSTGRES_ENVIRONMENT,
  SUPERUSER,
  type Cluster,
  type PostgresPrograms,
} from './postgres-cluster.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { readCommandLine, stopStaleProcess, type StopSignals } from './processes.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';

/** An embedded Postgres; disposing stops it and keeps its data. */
export interface LocalPostgres extends AsyncDisposable {
  /** URL of the database `postgres`, as superuser. */
  url: string;
  port: number;
  pid: number;
  /** URL of another database, whether it exists or not. */
  urlFor(database: string): string;
}

export interface PostgresOptions {
  /** Holds data, password and log. */
  directory: string;
  /** Defaults to a free port. */
  port?: number | undefined;
  /** Overrides of `SETTINGS`, by name in postgresql.conf. */
  settings?: Record<string, string>;
  log?: LogLine | undefined;
}

/** Fast shutdown (aborts transactions, writes a checkpoint); immediate shutdown (no checkpoint); kill. */
const STOP_SIGNALS: StopSignals = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

/** Crash recovery replays the log since the last checkpoint: seconds, rarely more. */
const READY_TIMEOUT_MS = 120_000;
/** Another process can take the free port first, and the children of a killed Postgres exit a moment after it. */
const MAX_ATTEMPTS = 5;
const CHILDREN_EXIT_DELAY_MS = 500;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // a socket path must be shorter than 108 bytes, and that of a checkout may be longer
  wal_level: 'logical',
  max_connections: '200',
  max_replication_slots: '16',
  max_wal_senders: '16',
  max_slot_wal_keep_size: '4GB', // an abandoned slot must not fill the disk
  shared_buffers: '256MB',
  max_wal_size: '2GB', // fewer checkpoints while the catalogue loads
  random_page_cost: '1.1', // SSD
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** Start Postgres on a directory, created on the first run. Throws PortTaken, AlreadyRunning or ChildFailed. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const programs = findPostgres();
  const runAs = chooseRunAs(options.directory, programs.postgres);
  const directory = await prepareDirectory(options.directory, runAs.owner);

  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Postgres', runAs.owner));
  await recoverFromCrash(dataDirectoryOf(directory), options.log);
  // After that, as the server of an earlier run may hold the port
  if (options.port && !(await isPortFree(options.port))) throw new PortTaken('Postgres', options.port);
  if (!existsSync(dataDirectoryOf(directory))) options.log?.(`Creating a Postgres database in ${directory}`);
  const cluster = await openCluster(directory, programs, runAs);
  const { child, port } = await launch({ ...options, directory }, programs, runAs, cluster);
  opening.use(child);

  const urlFor = (database: string) =>
    `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const owned = opening.move();
  return {
    url: urlFor('postgres'),
    port,
    pid: child.pid,
    urlFor,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * Clean up after a run that was killed; this process holds the lock, so a Postgres that still serves the data is stale and
 * is stopped. A stale `postmaster.pid` makes Postgres refuse to start if its pid was reused: it is replaced by our own pid,
 * which Postgres ignores as its parent's. Deleting the file would remove the check for surviving children.
 */
async function recoverFromCrash(data: string, log: PostgresOptions['log']): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return;

  if ((await readCommandLine(pid))?.includes(data)) {
    log?.(`Stale Postgres of an earlier run found (process ${pid}): stopping it`);
    if (!(await stopStaleProcess(pid, data, STOP_SIGNALS))) throw new AlreadyRunning('Postgres', data, pid);
  } else {
    log?.('Postgres was not shut down cleanly: recovering committed data');
    await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'));
  }
}

async function launch(
  options: PostgresOptions,
  programs: PostgresPrograms,
  runAs: RunAs,
  { data }: Cluster,
): Promise<{ child: Child; port: number }> {
  const settings = Object.entries({ ...SETTINGS, ...options.settings });
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const args = [
      '-D',
      data,
      '-p',
      String(port),
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    try {
      const child = await startChild({
        ...runAs.wrapCommand(programs.postgres, args, 'SIGINT'),
        name: 'Postgres',
        env: POSTGRES_ENVIRONMENT,
        logFile: join(options.directory, 'postgres.log'),
        isReady: (pid) => isReady(data, pid),
        readyTimeoutMs: READY_TIMEOUT_MS,
        stopSignals: STOP_SIGNALS,
        log: options.log,
      });
      return { child, port };
    } catch (error) {
      if (!(error instanceof ChildFailed)) throw error;
      const portTaken = error.lastLines.includes('Address already in use');
      if (portTaken && options.port) throw new PortTaken('Postgres', options.port);
      const memoryInUse = error.lastLines.includes('pre-existing shared memory block');
      if (attempt === MAX_ATTEMPTS || !(portTaken || memoryInUse)) throw error;
      if (memoryInUse) await delay(CHILDREN_EXIT_DELAY_MS);
    }
  }
}

/** As in `pg_ctl`: line 1 of `postmaster.pid` is the server's pid, line 8 its state. */
async function isReady(data: string, pid: number): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}
