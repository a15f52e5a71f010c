import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { AlreadyRunning, PortTaken } from '../../src/local-stack/errors.ts';
import { readCommandLine } from '../../src/local-stack/processes.ts';
import { findRedis } from '../../src/local-stack/redis-programs.ts';
import { startRedis } from '../../src/local-stack/redis.ts';
import { chooseRunAs } from '../../src/local-stack/run-as.ts';
import { temporaryDirectory } from './directories.ts';

const program = await findRedis();

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(program?.kind !== 'installed')('with redis-server installed', () => {
  test('the server requires the password, listens on 127.0.0.1 only and persists nothing', async () => {
    await using directory = await temporaryDirectory();
    await using redis = (await startRedis({ directory: join(directory.path, 'redis') }))!;
    using client = connect(redis.url);

    const expected = { bind: '127.0.0.1', save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' };
    for (const [name, value] of Object.entries(expected)) {
      expect(await client.config('GET', name)).toEqual([name, value]);
    }
    expect(await pingWithoutPassword(redis.port)).toContain('-NOAUTH');
    expect(await readCommandLine(redis.pid)).not.toContain(new URL(redis.url).password);
  });

  test('disposing stops the server and unlocks the directory and port', async () => {
    await using directory = await temporaryDirectory();
    const first = (await startRedis({ directory: directory.path }))!;
    await expect(startRedis({ directory: directory.path })).rejects.toThrow(AlreadyRunning);
    await first[Symbol.asyncDispose]();
    expect(await readCommandLine(first.pid)).toBeNull();
    await using second = (await startRedis({ directory: directory.path, port: first.port }))!;
    expect(second.port).toBe(first.port);
  });

  test('a port in use is refused', async () => {
    await using directory = await temporaryDirectory();
    await using occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    await expect(startRedis({ directory: directory.path, port })).rejects.toThrow(PortTaken);
  });

  test('a server that outlived its parent is stopped; a process that reused its pid is not', async () => {
    await using directory = await temporaryDirectory();
    const port = await startRedis({ directory: directory.path }).then(async (redis) => {
      await redis![Symbol.asyncDispose]();
      return redis!.port;
    });
    const configuration = join(directory.path, 'redis.conf');
    const command = program?.kind === 'installed' ? program.command : '';
    // SIGCONT, which Redis ignores, stands for a system without a parent-death signal
    const wrapped = chooseRunAs(directory.path).wrapCommand(command, [configuration], 'SIGCONT');
    const stale = spawn(wrapped.command, wrapped.args, { stdio: 'ignore', detached: true });
    const exited = once(stale, 'exit');
    await writeFile(join(directory.path, 'redis.pid'), `${stale.pid}\n`);
    await vi.waitFor(async () => expect(await pingWithoutPassword(port)).not.toBe(''));

    await using next = (await startRedis({ directory: directory.path, port }))!;
    await exited;
    await next[Symbol.asyncDispose]();

    await writeFile(join(directory.path, 'redis.pid'), `${process.pid}\n`);
    await using last = (await startRedis({ directory: directory.path }))!;
    expect(last.port).toBeGreaterThan(0);
  });

  test('Docker runs Redis when no server is installed', async () => {
    await using directory = await temporaryDirectory();
    await installFakeDocker(directory.path);
    await using redis = (await startRedis({ directory: join(directory.path, 'redis') }))!;
    using client = connect(redis.url);
    expect(await client.ping()).toBe('PONG');
    await redis[Symbol.asyncDispose]();
    expect(await readCommandLine(redis.pid)).toBeNull();
  });
});

test('without a server and Docker, startRedis returns null', async () => {
  await using directory = await temporaryDirectory();
  vi.stubEnv('PATH', directory.path);
  expect(await startRedis({ directory: join(directory.path, 'redis') })).toBeNull();
});

test('a server that is too old is ignored and logged', async () => {
  await using directory = await temporaryDirectory();
  await writeProgram(directory.path, 'redis-server', 'echo "Redis server v=6.0.16 sha=00000000:0 bits=64"');
  vi.stubEnv('PATH', directory.path);
  const lines: string[] = [];
  const started = await startRedis({
    directory: join(directory.path, 'redis'),
    log: (line) => lines.push(line),
  });
  expect(started).toBeNull();
  expect(lines).toEqual(['redis-server 6 ignored: Onsale needs version 7 or newer']);
});

function connect(url: string) {
  const client = new Redis(url, { retryStrategy: () => null });
  return Object.assign(client, { [Symbol.dispose]: () => client.disconnect() });
}

/** Reply to a PING without authentication; empty if no server listens. */
async function pingWithoutPassword(port: number): Promise<string> {
  const socket = createConnection(port, '127.0.0.1').end('PING\r\n');
  return text(socket).catch(() => '');
}

/** Put a `docker` in the PATH that needs no engine: it runs the installed server on the published port. */
async function installFakeDocker(directory: string): Promise<void> {
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
