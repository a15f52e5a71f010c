import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { startChild, type Child } from './child.ts';
import { AlreadyRunning, ChildFailed, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { freePort, isPortFree } from './ports.ts';
import {
  dataIn,
  findPostgres,
  openCluster,
  POSTGRES_ENVIRONMENT,
  SUPERUSER,
  type Cluster,
  type PostgresPrograms,
} from './postgres-cluster.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { commandOf, stopStaleProcess, type StopSignals } from './processes.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';

/** A real Postgres of our own; disposing of it stops it and keeps its data. */
export interface LocalPostgres extends AsyncDisposable {
  /** Where the superuser reaches the database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** The same for another database, whether it exists or not. */
  urlFor(database: string): string;
}

/** What `startPostgres` needs to know. */
export interface PostgresOptions {
  /** Where data, password and log live. */
  directory: string;
  /** Without one, a free port is taken. */
  port?: number | undefined;
  /** Settings of postgresql.conf, on top of ours. */
  settings?: Record<string, string>;
  log?: ((line: string) => void) | undefined;
}

/** Fast shutdown, which ends transactions and writes a checkpoint; then without the checkpoint; then by force. */
const STOP_SIGNALS: StopSignals = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

/** Recovery after a crash replays what was written since the last checkpoint: seconds, rarely more. */
const READY_WITHIN_MS = 120_000;
/** A free port can be lost to somebody else, and children of a killed Postgres take a moment to go. */
const ATTEMPTS = 5;
const CHILDREN_GO_WITHIN_MS = 500;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // a socket's path must be shorter than 108 bytes, and a checkout's may be longer
  wal_level: 'logical',
  max_connections: '200',
  max_replication_slots: '16',
  max_wal_senders: '16',
  max_slot_wal_keep_size: '4GB', // a slot that nobody reads any more must not fill the disk
  shared_buffers: '256MB',
  max_wal_size: '2GB', // loading the catalogue should not wait for checkpoints
  random_page_cost: '1.1', // the disk is a solid one
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** Start Postgres on a directory, making its data on the first run. Throws PortTaken, AlreadyRunning or ChildFailed. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const programs = findPostgres();
  const runAs = chooseRunAs(options.directory, programs.postgres);
  const directory = await prepareDirectory(options.directory, runAs.owner);

  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Postgres', runAs.owner));
  await recoverFromEarlierRun(dataIn(directory), options.log);
  // Only now, as it may have been our own server of an earlier run that had the port
  if (options.port && !(await isPortFree(options.port))) throw new PortTaken('Postgres', options.port);
  if (!existsSync(dataIn(directory))) options.log?.(`Making a Postgres database in ${directory}`);
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
 * Clear the way after a run that was killed. We hold the lock, so whatever it left has no owner: a Postgres that
 * still serves this data is stopped cleanly. Where only `postmaster.pid` is left, its process number may belong to
 * another program by now, which Postgres would take for a server; our own number in its place it knows to be none,
 * as we are its parent. Removing the file instead would also remove its guard against children that survived.
 */
async function recoverFromEarlierRun(data: string, log: PostgresOptions['log']): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return;

  if ((await commandOf(pid))?.includes(data)) {
    log?.(`An earlier run left its Postgres behind (process ${pid}): stopping it`);
    if (!(await stopStaleProcess(pid, data, STOP_SIGNALS))) throw new AlreadyRunning('Postgres', data, pid);
  } else {
    log?.('Postgres was not stopped cleanly the last time: it recovers what was committed');
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
        readyWithinMs: READY_WITHIN_MS,
        stopSignals: STOP_SIGNALS,
        log: options.log,
      });
      return { child, port };
    } catch (error) {
      if (!(error instanceof ChildFailed)) throw error;
      const portTaken = error.lastLines.includes('Address already in use');
      if (portTaken && options.port) throw new PortTaken('Postgres', options.port);
      const stillThere = error.lastLines.includes('pre-existing shared memory block');
      if (attempt === ATTEMPTS || !(portTaken || stillThere)) throw error;
      if (stillThere) await delay(CHILDREN_GO_WITHIN_MS);
    }
  }
}

/** As `pg_ctl` does it: the last line of `postmaster.pid` is the state of the server whose number is in the first. */
async function isReady(data: string, pid: number): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}
