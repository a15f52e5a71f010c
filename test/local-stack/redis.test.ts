import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { AlreadyRunning, PortTaken } from '../../src/local-stack/errors.ts';
import { commandOf } from '../../src/local-stack/processes.ts';
import { findRedis } from '../../src/local-stack/redis-programs.ts';
import { startRedis } from '../../src/local-stack/redis.ts';
import { chooseRunAs } from '../../src/local-stack/run-as.ts';
import { temporaryDirectory } from './directories.ts';

const program = await findRedis();

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(program?.kind !== 'installed')('with a redis-server on this machine', () => {
  test('it answers whoever has its password, on this machine alone, and keeps nothing', async () => {
    await using directory = await temporaryDirectory();
    await using redis = (await startRedis({ directory: join(directory.path, 'redis') }))!;
    using client = connect(redis.url);

    const asked = { bind: '127.0.0.1', save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' };
    for (const [name, value] of Object.entries(asked)) {
      expect(await client.config('GET', name)).toEqual([name, value]);
    }
    expect(await pingAsStranger(redis.port)).toContain('-NOAUTH');
    expect(await commandOf(redis.pid)).not.toContain(new URL(redis.url).password);
  });

  test('disposing of it stops it, and another can start there', async () => {
    await using directory = await temporaryDirectory();
    const first = (await startRedis({ directory: directory.path }))!;
    await expect(startRedis({ directory: directory.path })).rejects.toThrow(AlreadyRunning);
    await first[Symbol.asyncDispose]();
    expect(await commandOf(first.pid)).toBeNull();
    await using second = (await startRedis({ directory: directory.path, port: first.port }))!;
    expect(second.port).toBe(first.port);
  });

  test('a port that somebody else has is refused by its number', async () => {
    await using directory = await temporaryDirectory();
    await using other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(startRedis({ directory: directory.path, port })).rejects.toThrow(PortTaken);
  });

  test('a server that outlived its starter is stopped; a process that only has its number is not', async () => {
    await using directory = await temporaryDirectory();
    const port = await startRedis({ directory: directory.path }).then(async (redis) => {
      await redis![Symbol.asyncDispose]();
      return redis!.port;
    });
    const configuration = join(directory.path, 'redis.conf');
    const command = program?.kind === 'installed' ? program.command : '';
    // As it is on systems that have no signal for the death of the parent: here one that Redis ignores
    const dressed = chooseRunAs(directory.path).wrapCommand(command, [configuration], 'SIGCONT');
    const leftBehind = spawn(dressed.command, dressed.args, { stdio: 'ignore', detached: true });
    const exited = once(leftBehind, 'exit');
    await writeFile(join(directory.path, 'redis.pid'), `${leftBehind.pid}\n`);
    await vi.waitFor(async () => expect(await pingAsStranger(port)).not.toBe(''));

    await using next = (await startRedis({ directory: directory.path, port }))!;
    await exited;
    await next[Symbol.asyncDispose]();

    await writeFile(join(directory.path, 'redis.pid'), `${process.pid}\n`);
    await using last = (await startRedis({ directory: directory.path }))!;
    expect(last.port).toBeGreaterThan(0);
  });

  test('Docker runs it where no server is installed', async () => {
    await using directory = await temporaryDirectory();
    await putDockerInPath(directory.path);
    await using redis = (await startRedis({ directory: join(directory.path, 'redis') }))!;
    using client = connect(redis.url);
    expect(await client.ping()).toBe('PONG');
    await redis[Symbol.asyncDispose]();
    expect(await commandOf(redis.pid)).toBeNull();
  });
});

test('where there is neither a server nor Docker the answer is null', async () => {
  await using directory = await temporaryDirectory();
  vi.stubEnv('PATH', directory.path);
  expect(await startRedis({ directory: join(directory.path, 'redis') })).toBeNull();
});

test('a server that is too old is not used, and said to be', async () => {
  await using directory = await temporaryDirectory();
  await writeProgram(directory.path, 'redis-server', 'echo "Redis server v=6.0.16 sha=00000000:0 bits=64"');
  vi.stubEnv('PATH', directory.path);
  const lines: string[] = [];
  const started = await startRedis({
    directory: join(directory.path, 'redis'),
    log: (line) => lines.push(line),
  });
  expect(started).toBeNull();
  expect(lines).toEqual(['redis-server is version 6, and Onsale needs 7 or newer']);
});

function connect(url: string) {
  const client = new Redis(url, { retryStrategy: () => null });
  return Object.assign(client, { [Symbol.dispose]: () => client.disconnect() });
}

/** What the server answers to somebody who has no password; nothing, if it is not there. */
async function pingAsStranger(port: number): Promise<string> {
  const socket = createConnection(port, '127.0.0.1').end('PING\r\n');
  return text(socket).catch(() => '');
}

/** A `docker` that does what ours is asked for without an engine: it runs the real server where the port is published. */
async function putDockerInPath(directory: string): Promise<void> {
  const command = program?.kind === 'installed' ? program.command : '';
  await writeProgram(
    directory,
    'docker',
    `PATH=/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin
    [ "$1" = info ] && exit 0
    published=$(echo "$*" | sed 's/.*--publish 127.0.0.1:\\([0-9]*\\):6379 redis:.*/\\1/')
    [ "$(echo "$*" | sed 's/.* redis-server/redis-server/')" = 'redis-server -' ] || exit 64
    sed "s/^port 6379$/port $published/" >'${directory}/inside.conf'
    exec ${command} '${directory}/inside.conf'`,
  );
  vi.stubEnv('PATH', directory);
}

async function writeProgram(directory: string, name: string, script: string): Promise<void> {
  const file = join(directory, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}
