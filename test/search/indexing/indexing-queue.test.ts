import { expect, test } from 'vitest';

import { IndexingQueue, SALES_INTERVAL_MS, type Entry } from '../../../src/search/indexing/indexing-queue.ts';

const entry = (after: bigint): Entry => ({ after, committedAt: 0, enqueuedAt: performance.now() });
const later = () => performance.now() + SALES_INTERVAL_MS;

test('an Event that changes often is written once, and not acknowledged before its first change is', () => {
  const queue = new IndexingQueue();
  queue.addEvent('a', entry(1n));
  queue.addEvent('b', entry(2n));
  queue.addEvent('a', entry(3n));
  const batch = queue.takeBatch(10)!;
  expect([...batch.events.keys()]).toEqual(['a', 'b']);
  expect(queue.oldestUnwrittenLsn).toBe(1n);
  queue.addEvent('a', entry(4n)); // while the first is written
  queue.done(batch);
  expect(queue.oldestUnwrittenLsn).toBe(4n);
  queue.done(queue.takeBatch(10)!);
  expect(queue.oldestUnwrittenLsn).toBeNull();
});

test('what could not be written comes first again, with its transactions', () => {
  const queue = new IndexingQueue();
  queue.addEvent('a', entry(1n));
  queue.addTransaction(7);
  const batch = queue.takeBatch(10)!;
  expect(batch.transactions).toEqual([7]);
  queue.addEvent('b', entry(2n));
  queue.addEvent('a', entry(3n));
  queue.giveBack(batch);
  expect(queue.oldestUnwrittenLsn).toBe(1n);
  const again = queue.takeBatch(10)!;
  expect([...again.events.keys()]).toEqual(['a', 'b']);
  expect(again.transactions).toEqual([7]);
});

test('sales wait, and hold back the acknowledgement meanwhile', () => {
  const queue = new IndexingQueue();
  queue.addSales('a', entry(1n));
  queue.addSales('a', entry(2n));
  expect(queue.takeBatch(10)).toBeNull();
  expect(queue.oldestUnwrittenLsn).toBe(1n);
  const batch = queue.takeBatch(10, later())!;
  expect([...batch.sales.keys()]).toEqual(['a']);
  queue.done(batch);
  expect(queue.oldestUnwrittenLsn).toBeNull();
});

test('a Venue that changes again while its Events are written is written again', () => {
  const queue = new IndexingQueue();
  queue.addFanOut({ kind: 'venue', id: 'v' }, entry(1n));
  const taken = queue.takeFanOut()!;
  queue.addFanOut({ kind: 'venue', id: 'v' }, entry(5n));
  expect(queue.oldestUnwrittenLsn).toBe(1n);
  queue.done(taken.fanOut);
  expect(queue.oldestUnwrittenLsn).toBe(5n);
  expect(queue.takeFanOut()!.fanOut).toMatchObject({ id: 'v', after: 5n });
});

test('a full queue is waited for, and writes sales before their time', async () => {
  const queue = new IndexingQueue();
  for (let number = 0; number <= 50_000; number++) queue.addSales(String(number), entry(1n));
  expect(queue.isFull()).toBe(true);
  let hasRoom = false;
  const waiting = queue.untilRoom(new AbortController().signal).then(() => (hasRoom = true));
  const batch = queue.takeBatch(200)!;
  expect(batch.sales.size).toBe(200);
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  queue.done(batch);
  await waiting;
});
