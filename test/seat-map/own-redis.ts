import { Redis } from 'ioredis';

import { stableFreePort } from '../../src/local-stack/index.ts';
import { startRedis, type LocalRedis } from '../../src/local-stack/redis.ts';
import { temporaryDirectory } from '../local-stack/directories.ts';

/** A Redis of one test's own, which can be killed and restarted under the same address. */
export interface OwnRedis extends AsyncDisposable {
  url: string;
  /** Kill it by SIGKILL. */
  kill(): Promise<void>;
  /** Start it again, empty. */
  start(): Promise<void>;
  /** Run commands on it. */
  run<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
}

/** Start a Redis of the test's own. */
export async function ownRedis(): Promise<OwnRedis> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(await temporaryDirectory());
  const first = (await startRedis({ directory: directory.path, port: await stableFreePort() }))!;
  let running: LocalRedis | null = first;
  opening.defer(async () => running?.[Symbol.asyncDispose]());
  const owned = opening.move();
  return {
    url: first.url,
    async kill() {
      process.kill(running!.pid, 'SIGKILL');
      await running![Symbol.asyncDispose](); // releases the directory
      running = null;
    },
    async start() {
      running = (await startRedis({ directory: directory.path, port: first.port }))!;
      const password = new URL(first.url).password;
      await onRedis(running.url, (redis) => redis.config('SET', 'requirepass', password));
    },
    run: (work) => onRedis(first.url, work),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function onRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
