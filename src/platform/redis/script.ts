import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { RedisConnection } from './shards.ts';

/** A Lua script as a function; the header of the script documents the reply. */
export type Script<Reply> = (
  redis: RedisConnection,
  keys: readonly string[],
  args: readonly (string | number | Buffer)[],
) => Promise<Reply>;

/**
 * Read the script at `file` (a `.lua` beside its caller). It is sent again after NOSCRIPT, as after a restart of Redis.
 * `shared` are files of local functions that it calls; they are prepended.
 */
export function readScript<Reply>(file: URL, ...shared: URL[]): Script<Reply> {
  const source = [...shared, file].map((part) => readFileSync(part, 'utf8')).join('\n');
  const sha = createHash('sha1').update(source).digest('hex');
  return async (redis, keys, args) => {
    try {
      return (await redis.evalsha(sha, keys.length, ...keys, ...args)) as Reply;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.eval(source, keys.length, ...keys, ...args)) as Reply;
    }
  };
}
