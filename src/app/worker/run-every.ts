import { setTimeout as pause } from 'node:timers/promises';

import type { Log } from '../../platform/telemetry/log.ts';

/**
 * Do something again and again, with so much rest in between. What fails is logged and done again; disposing waits for
 * the one that is under way.
 */
export function repeat(
  name: string,
  restMs: number,
  log: Log,
  work: () => Promise<unknown>,
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        log.warn({ err: error, name }, 'failed, and will be done again');
      }
      await pause(restMs, undefined, { signal }).catch(() => {}); // woken up to stop
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}
