import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../src/local-stack/ports.ts';

export interface StartUp {
  firstSeconds: number;
  secondSeconds: number;
  /** Resident memory of the server's process, without Postgres, Redis and the emulator. */
  residentMegabytes: number;
}

const QUERY = JSON.stringify({ query: '{ events(first: 1) { nodes { name } } }' });

/** Measure to the first response: start in an empty data directory, which loads the demo catalogue, stop, start again. */
export async function measureStartUp(): Promise<StartUp> {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-bench-'));
  try {
    const first = await startOnce(directory);
    const second = await startOnce(directory);
    return {
      firstSeconds: first.seconds,
      secondSeconds: second.seconds,
      residentMegabytes: first.residentMegabytes,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function startOnce(directory: string): Promise<{ seconds: number; residentMegabytes: number }> {
  const port = await freePort();
  const startedAt = performance.now();
  const server = fork('src/bin/onsale.ts', {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, PORT: String(port), DATA_DIRECTORY: directory, LOG_LEVEL: 'warn' },
  });
  try {
    while (!(await responds(port))) {
      if (server.exitCode !== null) throw new Error(`the server exited with ${server.exitCode}`);
      await new Promise((next) => setTimeout(next, 20));
    }
    return {
      seconds: (performance.now() - startedAt) / 1_000,
      residentMegabytes: await residentMegabytes(server.pid!),
    };
  } finally {
    const exited = once(server, 'exit');
    if (server.exitCode === null && server.kill('SIGTERM')) await exited;
  }
}

async function responds(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: QUERY,
  }).catch(() => null);
  return response?.ok === true && ((await response.json()) as { errors?: unknown }).errors === undefined;
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
