import { randomBytes } from 'node:crypto';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';

import { startChild, type Child, type LogLine } from './child.ts';
import { AlreadyRunning, ChildFailed, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { freePort, isPortFree } from './ports.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { stopStaleProcess, type StopSignals } from './processes.ts';
import {
  findRedis,
  renderConfiguration,
  serverCommand,
  type RedisLocation,
  type RedisProgram,
} from './redis-programs.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';

/** An embedded Redis without persistence; disposing stops it. */
export interface LocalRedis extends AsyncDisposable {
  url: string;
  port: number;
  pid: number;
}

export interface RedisOptions {
  /** Holds configuration, pid file and log. */
  directory: string;
  /** Defaults to a free port. */
  port?: number | undefined;
  log?: LogLine | undefined;
}

/** Short timeouts: without persistence there is nothing to save. */
const STOP_SIGNALS: StopSignals = [
  ['SIGTERM', 5_000],
  ['SIGKILL', 5_000],
];
/** Another process can take the free port first. */
const MAX_ATTEMPTS = 5;

/** Start Redis; `null` when this machine has neither a server nor Docker. Throws PortTaken, AlreadyRunning or ChildFailed. */
export async function startRedis(options: RedisOptions): Promise<LocalRedis | null> {
  const program = await findRedis(options.log);
  if (program === null) return null;
  const runAs = chooseRunAs(options.directory);
  const directory = await prepareDirectory(options.directory, runAs.owner);
  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Redis', runAs.owner));
  const configurationFile = join(directory, 'redis.conf');
  const pidFile = join(directory, 'redis.pid');
  await stopStaleServer(pidFile, configurationFile, options.log);
  // After that, as the server of an earlier run may hold the port
  if (options.port && !(await isPortFree(options.port))) throw new PortTaken('Redis', options.port);

  const { child, location } = await launch(options, program, runAs, { directory, configurationFile });
  opening.use(child);
  await writeFile(pidFile, `${child.pid}\n`);
  opening.defer(() => rm(pidFile, { force: true }));
  const owned = opening.move();
  return {
    url: urlOf(location),
    port: location.port,
    pid: child.pid,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Stop the server of a run that was killed: this process holds the lock, so no other one uses it. */
async function stopStaleServer(
  pidFile: string,
  configurationFile: string,
  log: RedisOptions['log'],
): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!(pid > 0)) return;
  if (!(await stopStaleProcess(pid, configurationFile, STOP_SIGNALS)))
    throw new AlreadyRunning('Redis', configurationFile, pid);
  await rm(pidFile, { force: true });
  log?.('Redis was not shut down cleanly: starting empty, as always');
}

async function launch(
  options: RedisOptions,
  program: RedisProgram,
  runAs: RunAs,
  paths: Pick<RedisLocation, 'directory' | 'configurationFile'>,
): Promise<{ child: Child; location: RedisLocation }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const location = { ...paths, port, password: randomBytes(18).toString('base64url') };
    await writeConfiguration(program, location, runAs);
    try {
      const child = await startChild({
        ...serverCommand(program, runAs, location),
        name: 'Redis',
        logFile: join(paths.directory, 'redis.log'),
        isReady: () => respondsToPing(urlOf(location)),
        stopSignals: STOP_SIGNALS,
        log: options.log,
      });
      return { child, location };
    } catch (error) {
      const portTaken =
        error instanceof ChildFailed &&
        /address already in use|port is already allocated/i.test(error.lastLines);
      if (portTaken && options.port) throw new PortTaken('Redis', options.port);
      if (!portTaken || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function writeConfiguration(
  program: RedisProgram,
  location: RedisLocation,
  { owner }: RunAs,
): Promise<void> {
  const { configurationFile } = location;
  await rm(configurationFile, { force: true });
  await writeFile(configurationFile, renderConfiguration(program, location), { mode: 0o600 });
  if (owner) await chown(configurationFile, owner.uid, owner.gid);
}

function urlOf({ port, password }: RedisLocation): string {
  return `redis://:${password}@127.0.0.1:${port}`;
}

async function respondsToPing(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 1_000, retryStrategy: () => null });
  client.on('error', () => {}); // connection refused until the server listens; startChild polls
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
