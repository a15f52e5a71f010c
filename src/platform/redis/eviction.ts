import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';

import type { Log } from '../telemetry/log.ts';

/** INFO is subject to the timeout of commands, and a process that starts is busy. */
const MAX_ATTEMPTS = 3;
const RETRY_MS = 2_000;

/**
 * Warn of a Redis that deletes keys once its memory is full: what it loses of a line is to be restored, and is lost again. A
 * server that does not let us ask is not judged.
 */
export async function warnOfEviction(redis: Redis, log: Log, node?: string): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const memory = await redis.info('memory').catch(() => '');
    const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
    const maxBytes = Number(/^maxmemory:(\d+)/m.exec(memory)?.[1] ?? 0);
    if (policy !== undefined) {
      if (maxBytes > 0 && policy !== 'noeviction')
        log.warn(
          { policy, maxBytes, ...(node !== undefined && { node }) },
          'redis evicts keys: set noeviction',
        );
      return;
    }
    await delay(RETRY_MS, undefined, { ref: false });
  }
}
