import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Run one command in redis-benchmark, in a closed loop of `clients` without pipelining; `__rand_int__` becomes a random number of
 * twelve digits. Returns commands per second. It is part of the Debian package `redis-tools`.
 */
export async function redisBenchmark(
  redisUrl: string,
  command: readonly string[],
  { clients, requests }: { clients: number; requests: number },
): Promise<number> {
  const { hostname, port, password } = new URL(redisUrl);
  const { stdout } = await run('redis-benchmark', [
    ...[
      '-h',
      hostname,
      '-p',
      port,
      '-a',
      password,
      '-c',
      String(clients),
      '-n',
      String(requests),
      '-r',
      '1000000000',
    ],
    '--csv',
    ...command,
  ]);
  const rate = /","([\d.]+)"/.exec(stdout.trim().split('\n').at(-1)!)?.[1];
  if (rate === undefined) throw new Error(`redis-benchmark reported no rate:\n${stdout}`);
  return Number(rate);
}
