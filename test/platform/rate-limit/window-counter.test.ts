import { afterEach, expect, test, vi } from 'vitest';

import { WindowCounter } from '../../../src/platform/rate-limit/window-counter.ts';

afterEach(() => void vi.useRealTimers());

test('counts within a window that begins with the first use', () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] });
  const counter = new WindowCounter(60);
  expect(counter.use('a', 0)).toEqual({ used: 0, here: 0, msLeft: 60_000 });
  expect(counter.use('a', 2)).toEqual({ used: 2, here: 2, msLeft: 60_000 });
  vi.setSystemTime(59_999);
  expect(counter.use('a', 1)).toEqual({ used: 3, here: 3, msLeft: 1 });
  expect(counter.use('b', 1)).toEqual({ used: 1, here: 1, msLeft: 60_000 });
  vi.setSystemTime(60_000);
  expect(counter.use('a', 1)).toEqual({ used: 1, here: 1, msLeft: 60_000 });
});

test('keeps a bounded number of keys: the least recently used is forgotten', () => {
  const counter = new WindowCounter(60, 2);
  counter.use('a', 1);
  counter.use('b', 1);
  counter.use('a', 1);
  counter.use('c', 1);
  expect([counter.use('a', 0).used, counter.use('b', 0).used, counter.use('c', 0).used]).toEqual([2, 0, 1]);
});

test('keeps 100,000 keys unless it is told otherwise', () => {
  const counter = new WindowCounter(60);
  for (let n = 0; n < 100_002; n++) counter.use(String(n), 1);
  expect(counter.size).toBe(100_000);
  expect([counter.use('1', 0).used, counter.use('2', 0).used]).toEqual([0, 1]);
});

test('goes on from what all processes have counted, until their window ends', () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] });
  const counter = new WindowCounter(60);
  counter.use('a', 2);
  counter.learn('a', { used: 7, msLeft: 20_000 });
  expect(counter.use('a', 1)).toEqual({ used: 8, here: 3, msLeft: 20_000 });
  counter.learn('a', { used: 1, msLeft: 60_000 }); // the store was emptied: it does not lengthen the window
  expect(counter.use('a', 1)).toEqual({ used: 4, here: 4, msLeft: 20_000 });
  vi.setSystemTime(20_000);
  expect(counter.use('a', 1)).toEqual({ used: 1, here: 1, msLeft: 60_000 });
});
