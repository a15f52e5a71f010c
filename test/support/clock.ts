import { vi } from 'vitest';

/**
 * Turn the clock of this process on; only what `Date` says, so that sockets and timers go on as ever. It runs on from
 * there, unless the test has stopped it. Turn it back with `vi.useRealTimers`, but never under a server that is still of
 * use: whatever was done "a moment ago" would lie in its future.
 */
export function advance(ms: number): void {
  const now = Date.now() + ms;
  if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true });
  vi.setSystemTime(now);
}
