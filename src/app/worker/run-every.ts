import { setTimeout as pause } from 'node:timers/promises';

import type { Log } from '../../platform/telemetry/log.ts';

/** Repeat `work` with a pause between two runs. A failure is logged; disposing waits for the run in progress. */
export function runEvery(
  name: string,
  pauseMs: number,
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
        log.warn({ err: error, name }, 'periodic work failed');
      }
      await pause(pauseMs, undefined, { signal }).catch(() => {}); // aborted by stopping
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}
