import { afterEach, expect, test, vi } from 'vitest';

import { openBreaker } from '../../src/platform/breaker.ts';
import { advance } from '../support/clock.ts';
import { eventually } from '../support/wait-until.ts';

afterEach(() => void vi.useRealTimers());

const fails = () => Promise.reject(new Error('away'));

test.each([
  ['goes on', 0],
  ['is set back', -3_600_000],
])('what did not answer is asked again soon, when the clock %s', async (_what, ms) => {
  const breaker = openBreaker();
  for (let time = 1; time <= 5; time++) await expect(breaker.run(fails)).rejects.toThrow('away');
  expect(breaker.mayTry()).toBe(false);
  await expect(breaker.run(fails)).rejects.not.toThrow('away'); // the work did not run
  advance(ms);
  await eventually('the breaker lets a call through', async () => breaker.mayTry());
  expect(await breaker.run(async () => 'here')).toBe('here');
});

test('an outage opens it once, and its end closes it once, whatever the probes find', async () => {
  const news: string[] = [];
  const breaker = openBreaker({ onOpen: () => news.push('open'), onClose: () => news.push('closed') });
  for (let time = 1; time <= 5; time++) await expect(breaker.run(fails)).rejects.toThrow('away');
  for (let probe = 1; probe <= 2; probe++) {
    await eventually('the breaker lets a call through', async () => breaker.mayTry());
    await expect(breaker.run(fails)).rejects.toThrow('away');
  }
  await eventually('the breaker lets a call through', async () => breaker.mayTry());
  await breaker.run(async () => 'here');
  expect(news).toEqual(['open', 'closed']);
});
