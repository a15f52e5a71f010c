import { setTimeout as pause } from 'node:timers/promises';

import { settlesWithin } from '../../platform/settles-within.ts';
import type { Log } from '../../platform/telemetry/log.ts';

/** Grace for the run in progress on shutdown; a statement that Postgres never answers would take forever. */
const DEFAULT_STOP_TIMEOUT_MS = 5_000;

/** Repeat `work` with a pause between two runs. A failure is logged; disposing waits for the run in progress, for a limited time. */
export function runEvery(
  name: string,
  pauseMs: number,
  log: Log,
  work: () => Promise<unknown>,
  stopTimeoutMs = DEFAULT_STOP_TIMEOUT_MS,
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
      if (!(await settlesWithin(running, stopTimeoutMs)))
        log.warn({ name }, 'periodic work abandoned: not finished during shutdown');
    },
  };
}
