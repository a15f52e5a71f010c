import { expect, test } from 'vitest';

import { Backoff, sleep } from '../../src/client/backoff.ts';

test('each failure doubles the longest wait, up to half a minute, until it goes well', () => {
  const backoff = new Backoff(() => 1);
  expect(Array.from({ length: 8 }, () => backoff.next(null))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  backoff.reset();
  expect(backoff.next(null)).toBe(500);
});

test('waits are spread from nothing on', () => {
  expect(new Backoff(() => 0).next(null)).toBe(0);
  expect(new Backoff(() => 0.5).next(null)).toBe(250);
});

test('what the server asks for is heard, within reason', () => {
  const backoff = new Backoff(() => 0);
  expect(backoff.next(1_234)).toBe(1_234);
  expect(backoff.next(10 ** 9)).toBe(30_000);
});

test('a pause ends when nobody wants it any more', async () => {
  const over = new AbortController();
  const paused = sleep(2 ** 30, over.signal);
  over.abort();
  await paused;
  await sleep(2 ** 30, over.signal);
});
