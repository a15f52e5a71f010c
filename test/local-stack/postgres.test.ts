import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test, vi } from 'vitest';

import { AlreadyRunning, PortTaken } from '../../src/local-stack/errors.ts';
import { freePort } from '../../src/local-stack/ports.ts';
import { findPostgres, POSTGRES_ENVIRONMENT } from '../../src/local-stack/postgres-cluster.ts';
import { startPostgres } from '../../src/local-stack/postgres.ts';
import { readCommandLine } from '../../src/local-stack/processes.ts';
import { chooseRunAs } from '../../src/local-stack/run-as.ts';
import { temporaryDirectory } from './directories.ts';

test('a new cluster supports logical replication and handles letters beyond ASCII', async () => {
  await using directory = await temporaryDirectory();
  await using server = await startPostgres({ directory: join(directory.path, 'not', 'there', 'yet') });
  await using sql = connect(server.url);

  await sql`create extension pg_trgm`;
  const [row] = await sql`
    select current_setting('wal_level') as wal, current_setting('server_version_num')::int / 10000 as version,
      lower('ÉİЖ') as lower, similarity('ЁЛКА', 'ёлка') as cyrillic, similarity('Beyoncé', 'BEYONCÉ') as accented`;
  expect(row).toEqual({ wal: 'logical', version: 18, lower: 'éiж', cyrillic: 1, accented: 1 });
});

test('the server listens on 127.0.0.1 only and requires the password', async () => {
  await using directory = await temporaryDirectory();
  await using server = await startPostgres({ directory: directory.path });
  await using sql = connect(server.url);
  await using intruder = connect(server.url.replace(/:[^:@]+@/, ':guessed@'));

  const [row] = await sql`
    select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`;
  expect(row).toEqual({ addresses: '127.0.0.1', sockets: '' });
  await expect(intruder`select 1`).rejects.toMatchObject({ code: '28P01' });
  expect((await stat(join(directory.path, 'password'))).mode & 0o777).toBe(0o600);
});

test('a restart keeps committed data and accepts settings', async () => {
  await using directory = await temporaryDirectory();
  {
    await using server = await startPostgres({ directory: directory.path });
    await writeNumber(server.url, 7);
  }
  await using server = await startPostgres({ directory: directory.path, settings: { fsync: 'off' } });
  expect(await readNumbers(server.url)).toEqual([7]);
  await using sql = connect(server.url);
  expect(await sql`show fsync`).toEqual([{ fsync: 'off' }]);
});

test('disposing stops the server without a log line', async () => {
  await using directory = await temporaryDirectory();
  const lines: string[] = [];
  const server = await startPostgres({ directory: directory.path, log: (line) => lines.push(line) });
  expect(await readCommandLine(server.pid)).toContain(directory.path);
  await server[Symbol.asyncDispose]();
  expect(await readCommandLine(server.pid)).toBeNull();
  expect(lines).toEqual([`Creating a Postgres database in ${directory.path}`]);
});

test('a port in use is refused by number before the cluster is created', async () => {
  await using directory = await temporaryDirectory();
  await using occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address() as AddressInfo;

  const start = startPostgres({ directory: join(directory.path, 'postgres'), port });
  await expect(start).rejects.toThrow(PortTaken);
  await expect(start).rejects.toThrow(`port ${port}`);
  await expect(stat(join(directory.path, 'postgres', 'cluster'))).rejects.toThrow('ENOENT');
});

test('a requested free port is used', async () => {
  await using directory = await temporaryDirectory();
  const port = await freePort();
  await using server = await startPostgres({ directory: directory.path, port });
  expect(server.port).toBe(port);
  expect(await readFile(join(directory.path, 'cluster', 'postmaster.pid'), 'utf8')).toContain(`\n${port}\n`);
});

test('a directory in use is refused with the pid of the process that holds it', async () => {
  await using directory = await temporaryDirectory();
  await using server = await startPostgres({ directory: directory.path });
  const second = startPostgres({ directory: directory.path });
  await expect(second).rejects.toThrow(AlreadyRunning);
  await expect(second).rejects.toThrow(`process ${process.pid}`);
  await writeNumber(server.url, 1); // the first server is unaffected
});

test('an unknown setting fails with the message of Postgres and unlocks the directory', async () => {
  await using directory = await temporaryDirectory();
  await expect(startPostgres({ directory: directory.path, settings: { no_such: '1' } })).rejects.toThrow(
    'unrecognized configuration parameter "no_such"',
  );
  await using server = await startPostgres({ directory: directory.path });
  expect(server.pid).toBeGreaterThan(0);
});

test('a crash loses no committed data, even when another program has reused the pid', async () => {
  await using directory = await temporaryDirectory();
  const lines: string[] = [];
  const log = (line: string, level = 'info') => lines.push(`${level}: ${line}`);
  {
    await using server = await startPostgres({ directory: directory.path, log });
    await writeNumber(server.url, 42);
    process.kill(server.pid, 'SIGKILL');
    await vi.waitFor(() =>
      expect(lines.at(-1)).toMatch(/^warn: .* was killed by SIGKILL unexpectedly, and is not started again/),
    );
  }

  const cluster = join(directory.path, 'cluster');
  const pidFile = join(cluster, 'postmaster.pid');
  const { uid, gid } = await stat(cluster);
  await using unrelated = startProgram('sleep', ['60'], { uid, gid }); // Postgres checks processes of its own user only
  const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
  await writeFile(pidFile, [unrelated.pid, ...rest].join('\n'));

  await using server = await startPostgres({ directory: directory.path, log });
  expect(await readNumbers(server.url)).toEqual([42]);
  expect(lines.at(-1)).toContain('recovering committed data');
  expect(await readCommandLine(unrelated.pid)).toContain('sleep'); // still running
});

test('a server that outlived its parent is stopped, and the new one serves its data', async () => {
  await using directory = await temporaryDirectory();
  const lines: string[] = [];
  {
    await using server = await startPostgres({ directory: directory.path });
    await writeNumber(server.url, 3);
  }
  const { postgres: program } = findPostgres();
  const cluster = join(directory.path, 'cluster');
  const port = await freePort();
  const listen = ['-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'];
  const args = ['-D', cluster, '-p', String(port), ...listen];
  // SIGCONT, which Postgres ignores, stands for a system without a parent-death signal
  const {
    command,
    args: all,
    ...user
  } = chooseRunAs(directory.path, program).wrapCommand(program, args, 'SIGCONT');
  await using stale = startProgram(command, all, { ...user, env: POSTGRES_ENVIRONMENT });
  await vi.waitUntil(async () => (await postmasterPid(cluster)) === stale.pid, { timeout: 10_000 });

  await using server = await startPostgres({
    directory: directory.path,
    port,
    log: (line) => lines.push(line),
  });
  expect(lines).toEqual([`Stale Postgres of an earlier run found (process ${stale.pid}): stopping it`]);
  expect(await readCommandLine(stale.pid)).toBeNull();
  expect(await readNumbers(server.url)).toEqual([3]);
});

test('an interrupted initialisation starts over', async () => {
  await using directory = await temporaryDirectory();
  await writeFile(join(directory.path, 'password'), 'of the first attempt\n', { mode: 0o600 });
  await writeFile(join(directory.path, 'cluster.unfinished'), 'half of it');
  await using server = await startPostgres({ directory: directory.path });
  await writeNumber(server.url, 1);
});

test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
  'started by root, Postgres runs as another user with the single capability to access its files',
  async () => {
    await using directory = await temporaryDirectory();
    expect((await stat(directory.path)).mode & 0o777).toBe(0o700);
    await using server = await startPostgres({ directory: join(directory.path, 'postgres') });

    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    expect(/^Uid:\t(\d+)\t(\d+)/m.exec(status)?.slice(1)).not.toContain('0');
    const READ_SEARCH_OR_OVERRIDE = ['0000000000000004', '0000000000000002'];
    expect(READ_SEARCH_OR_OVERRIDE).toContain(/^CapPrm:\t(\w+)/m.exec(status)?.[1]);
    await writeNumber(server.url, 1);
  },
);

function connect(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  return Object.assign(sql, { [Symbol.asyncDispose]: () => sql.end() });
}

async function writeNumber(url: string, number: number): Promise<void> {
  await using sql = connect(url);
  await sql`create table if not exists numbers (number int)`;
  await sql`insert into numbers values (${number})`;
}

async function readNumbers(url: string): Promise<number[]> {
  await using sql = connect(url);
  return (await sql<{ number: number }[]>`select number from numbers`).map((row) => row.number);
}

async function postmasterPid(cluster: string): Promise<number> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : 0;
}

/** A process that is killed on dispose, if it still runs. */
function startProgram(command: string, args: string[], options: object) {
  const child = spawn(command, args, { ...options, stdio: 'ignore', detached: true });
  const exited = once(child, 'exit');
  return {
    pid: child.pid!,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
