import { setTimeout as delay } from 'node:timers/promises';

/** Wait for `work` at most `timeoutMs`. `false`: it has not settled by then. Rejects as `work` does. */
export async function settlesWithin(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const timeout = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    timer.abort();
  }
}
