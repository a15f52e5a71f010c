import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Return the version of pgbench, `null` if it is not installed; on Debian it is in the package `postgresql`. */
export async function pgbenchVersion(): Promise<string | null> {
  try {
    return (await run('pgbench', ['--version'])).stdout.trim();
  } catch {
    return null;
  }
}

/** Run a script in pgbench with prepared statements. Returns transactions per second, without connection time. */
export async function pgbench(
  databaseUrl: string,
  script: string,
  options: { clients: number; seconds: number },
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-pgbench-'));
  try {
    const file = join(directory, 'script.sql');
    await writeFile(file, script);
    const { stdout } = await run('pgbench', [
      '--no-vacuum',
      '--protocol=prepared',
      `--client=${options.clients}`,
      '--jobs=1',
      `--time=${options.seconds}`,
      `--file=${file}`,
      databaseUrl,
    ]);
    const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
    if (rate === undefined) throw new Error(`pgbench reported no rate:\n${stdout}`);
    return Number(rate);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
