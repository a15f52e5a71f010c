import { setTimeout as delay } from 'node:timers/promises';

/** Wait, or throw the reason of the signal as soon as it aborts. */
export async function pause(durationMs: number, signal?: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, signal && { signal }).catch(() => {}); // only an abort rejects
  signal?.throwIfAborted();
}
