import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, expect, test, vi } from 'vitest';

import { AlreadyRunning, PortTaken, startLocalStack } from '../../src/local-stack/index.ts';
import { readCommandLine } from '../../src/local-stack/processes.ts';
import { findRedis } from '../../src/local-stack/redis-programs.ts';
import { temporaryDirectory } from './directories.ts';

const START_AND_WAIT = fileURLToPath(new URL('start-and-wait.ts', import.meta.url));
const redisAvailable = (await findRedis()) !== null;

afterEach(() => vi.unstubAllEnvs());

test('the stack serves a database and Redis, and stops both', async () => {
  await using directory = await temporaryDirectory();
  const stack = await startLocalStack({ directory: join(directory.path, '.data') });
  const sql = postgres(stack.databaseUrl!, { max: 1 });
  expect(await sql`select current_database() as name`).toEqual([{ name: 'onsale' }]);
  await sql.end();
  expect(stack.redisUrl !== null).toBe(redisAvailable);

  const pids = await pidsIn(stack.directory);
  expect(pids).toHaveLength(redisAvailable ? 2 : 1);
  await stack[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose](); // disposing twice is harmless
  expect(await Promise.all(pids.map(readCommandLine))).toEqual(pids.map(() => null));
});

test('a second stack on the same directory is refused with the pid of the first and a remedy', async () => {
  await using directory = await temporaryDirectory();
  {
    await using first = await startLocalStack({ directory: directory.path });
    const second = startLocalStack({ directory: first.directory });
    await expect(second).rejects.toThrow(AlreadyRunning);
    await expect(second).rejects.toMatchObject({
      message: `Onsale is already running on ${first.directory} (process ${process.pid}).`,
      remedy: expect.stringMatching(new RegExp(`"kill ${process.pid}".*DATA_DIRECTORY`)) as string,
    });
  }
  await using third = await startLocalStack({ directory: directory.path });
  expect(third.databaseUrl).not.toBeNull();
});

test('when one store fails to start, the other is stopped and the directory is unlocked', async () => {
  await using directory = await temporaryDirectory();
  await using occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address() as AddressInfo;

  await expect(startLocalStack({ directory: directory.path, ports: { postgres: port } })).rejects.toThrow(
    PortTaken,
  );
  expect(await pidsIn(directory.path)).toEqual([]);
  if (redisAvailable) {
    await expect(startLocalStack({ directory: directory.path, ports: { redis: port } })).rejects.toThrow(
      PortTaken,
    );
    expect(await pidsIn(directory.path)).toEqual([]);
  }
  await using stack = await startLocalStack({ directory: directory.path });
  expect(stack.databaseUrl).not.toBeNull();
});

test('without redis-server the stack starts and logs the cost', async () => {
  await using directory = await temporaryDirectory();
  vi.stubEnv('PATH', directory.path);
  const lines: string[] = [];
  await using stack = await startLocalStack({ directory: directory.path, log: (line) => lines.push(line) });
  expect(stack.redisUrl).toBeNull();
  expect(lines).toContain(
    'redis-server not found on this machine: continuing without Redis (slower, same answers)',
  );
});

test('a store that the operator provides is not started', async () => {
  await using directory = await temporaryDirectory();
  await using stack = await startLocalStack({ directory: directory.path, postgres: false, redis: false });
  expect(stack).toMatchObject({ databaseUrl: null, redisUrl: null });
  expect(await pidsIn(directory.path)).toEqual([]);
});

test('Ctrl-C reaches only the parent, which can finish before it stops the stores', async () => {
  await using directory = await temporaryDirectory();
  await using parent = await startInProcess(directory.path);
  const pids = await pidsIn(directory.path);

  process.kill(-parent.pid, 'SIGINT'); // as a terminal does: to the whole process group
  expect(await parent.output()).toBe('Postgres still available after SIGINT\n');
  expect(await parent.exited).toEqual([0, null]);
  expect(await Promise.all(pids.map(readCommandLine))).toEqual(pids.map(() => null));
});

test('after a SIGKILL of the parent the next start serves all committed data', async () => {
  await using directory = await temporaryDirectory();
  await using parent = await startInProcess(directory.path);
  const pids = await pidsIn(directory.path);
  const before = postgres(parent.databaseUrl, { max: 1 });
  await before`create table committed as select 42 as number`;
  process.kill(parent.pid, 'SIGKILL');
  await parent.exited;

  await using stack = await startLocalStack({ directory: directory.path });
  await before.end();
  const after = postgres(stack.databaseUrl!, { max: 1 });
  expect(await after`select number from committed`).toEqual([{ number: 42 }]);
  await after.end();
  expect(stack.redisUrl !== null).toBe(redisAvailable);
  await vi.waitFor(async () =>
    expect(await Promise.all(pids.map(readCommandLine))).toEqual(pids.map(() => null)),
  );
});

/** Pids of the servers of a directory, read from the pid files of Postgres and Redis. */
async function pidsIn(directory: string): Promise<number[]> {
  const files = ['postgres/cluster/postmaster.pid', 'redis/redis.pid'].map((file) => join(directory, file));
  const pids = await Promise.all(
    files.map(async (file) => parseInt(await readFile(file, 'utf8').catch(() => ''))),
  );
  return pids.filter((pid) => pid > 0);
}

/** Start the stack in a process that leads a process group, as a shell would. */
async function startInProcess(directory: string) {
  const child = spawn(process.execPath, [START_AND_WAIT, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit');
  const [ready] = (await once(child.stdout, 'data')) as [Buffer];
  const { databaseUrl } = JSON.parse(ready.toString()) as { databaseUrl: string };
  return {
    pid: child.pid!,
    databaseUrl,
    exited,
    output: () => text(child.stdout),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
