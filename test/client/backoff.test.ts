import { expect, test } from 'vitest';

import { Backoff, sleep } from '../../src/client/backoff.ts';

test('each failure doubles the maximum delay, up to 30 s, until a success', () => {
  const backoff = new Backoff(() => 1);
  expect(Array.from({ length: 8 }, () => backoff.next(null))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  backoff.reset();
  expect(backoff.next(null)).toBe(500);
});

test('delays are random, from zero to the maximum', () => {
  expect(new Backoff(() => 0).next(null)).toBe(0);
  expect(new Backoff(() => 0.5).next(null)).toBe(250);
});

test('a hint of the server overrides the backoff, up to the maximum', () => {
  const backoff = new Backoff(() => 0);
  expect(backoff.next(1_234)).toBe(1_234);
  expect(backoff.next(10 ** 9)).toBe(30_000);
});

test('sleep ends when it is aborted', async () => {
  const abort = new AbortController();
  const sleeping = sleep(2 ** 30, abort.signal);
  abort.abort();
  await sleeping;
  await sleep(2 ** 30, abort.signal);
});
