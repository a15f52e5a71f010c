import { randomBytes } from 'node:crypto';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';

import { startChild, type Child } from './child.ts';
import { AlreadyRunning, ChildFailed, PortTaken } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { freePort, isPortFree } from './ports.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { stopStaleProcess, type StopSignals } from './processes.ts';
import {
  commandFor,
  configurationOf,
  findRedis,
  type RedisLocation,
  type RedisProgram,
} from './redis-programs.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';

/** A real Redis of our own that keeps nothing; disposing of it stops it. */
export interface LocalRedis extends AsyncDisposable {
  url: string;
  port: number;
  pid: number;
}

/** What `startRedis` needs to know. */
export interface RedisOptions {
  /** Where its configuration and log live. */
  directory: string;
  /** Without one, a free port is taken. */
  port?: number | undefined;
  log?: ((line: string) => void) | undefined;
}

/** There is nothing to save, so it goes at once. */
const STOP_SIGNALS: StopSignals = [
  ['SIGTERM', 5_000],
  ['SIGKILL', 5_000],
];
/** A free port can be lost to somebody else. */
const MAX_ATTEMPTS = 5;

/** Start Redis; `null` when no server is to be had on this machine. Throws PortTaken, AlreadyRunning or ChildFailed. */
export async function startRedis(options: RedisOptions): Promise<LocalRedis | null> {
  const program = await findRedis(options.log);
  if (program === null) return null;
  const runAs = chooseRunAs(options.directory);
  const directory = await prepareDirectory(options.directory, runAs.owner);
  await using opening = new AsyncDisposableStack();
  opening.use(await lockDirectory(directory, 'Redis', runAs.owner));
  const configurationFile = join(directory, 'redis.conf');
  const pidFile = join(directory, 'redis.pid');
  await stopEarlierRun(pidFile, configurationFile, options.log);
  // Only now, as it may have been our own server of an earlier run that had the port
  if (options.port && !(await isPortFree(options.port))) throw new PortTaken('Redis', options.port);

  const { child, place } = await launch(options, program, runAs, { directory, configurationFile });
  opening.use(child);
  await writeFile(pidFile, `${child.pid}\n`);
  opening.defer(() => rm(pidFile, { force: true }));
  const owned = opening.move();
  return {
    url: urlOf(place),
    port: place.port,
    pid: child.pid,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Stop the server of a run that was killed: we hold the lock, so it has no owner. */
async function stopEarlierRun(pidFile: string, mark: string, log: RedisOptions['log']): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!(pid > 0)) return;
  if (!(await stopStaleProcess(pid, mark, STOP_SIGNALS))) throw new AlreadyRunning('Redis', mark, pid);
  await rm(pidFile, { force: true });
  log?.('Redis was not stopped cleanly the last time: it starts empty, as always');
}

async function launch(
  options: RedisOptions,
  program: RedisProgram,
  runAs: RunAs,
  paths: Pick<RedisLocation, 'directory' | 'configurationFile'>,
): Promise<{ child: Child; place: RedisLocation }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const place = { ...paths, port, password: randomBytes(18).toString('base64url') };
    await writeConfiguration(program, place, runAs);
    try {
      const child = await startChild({
        ...commandFor(program, runAs, place),
        name: 'Redis',
        logFile: join(paths.directory, 'redis.log'),
        isReady: () => answersPing(urlOf(place)),
        stopSignals: STOP_SIGNALS,
        log: options.log,
      });
      return { child, place };
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
  place: RedisLocation,
  { owner }: RunAs,
): Promise<void> {
  await rm(place.configurationFile, { force: true });
  await writeFile(place.configurationFile, configurationOf(program, place), { mode: 0o600 });
  if (owner) await chown(place.configurationFile, owner.uid, owner.gid);
}

function urlOf({ port, password }: RedisLocation): string {
  return `redis://:${password}@127.0.0.1:${port}`;
}

async function answersPing(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 1_000, retryStrategy: () => null });
  client.on('error', () => {}); // refused while it is not yet listening: asked again
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
