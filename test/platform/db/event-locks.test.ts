import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { buyerLockNumber, lockEventRows, tryLockEventRows } from '../../../src/platform/db/event-locks.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
});
afterAll(() => world[Symbol.asyncDispose]());

const during = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(world.platform, 'test', work);

test('a row is locked from the first time on, inserted or not, and its neighbours are not', async () => {
  const eventId = randomUUID();
  for (const time of ['first', 'second']) {
    await during(async (tx) => {
      await lockEventRows(tx, eventId, 'buyer', [7]);
      if (time === 'first') return; // another transaction would wait for the insert
      const others = [
        during((other) => tryLockEventRows(other, eventId, 'buyer', [7])),
        during((other) => tryLockEventRows(other, eventId, 'row', [7])),
        during((other) => tryLockEventRows(other, randomUUID(), 'buyer', [7])),
      ];
      expect((await Promise.all(others)).map((locked) => [...locked])).toEqual([[], [7], [7]]);
    });
  }
  expect([...(await during((tx) => tryLockEventRows(tx, eventId, 'buyer', [6, 7])))].toSorted()).toEqual([
    6, 7,
  ]);
});

test('a waiting transaction gets the row when the other one ends, however it was inserted', async () => {
  const eventId = randomUUID();
  const order: string[] = [];
  let second: Promise<void> | undefined;
  for (const round of ['inserting', 'locking']) {
    await during(async (tx) => {
      await lockEventRows(tx, eventId, 'row', [3, 1]);
      second = during(async (other) => {
        await lockEventRows(other, eventId, 'row', [1, 2, 3]);
        order.push(`${round}: second`);
      });
      await sessionsWaitingForLocks(world.platform.db);
      order.push(`${round}: first`);
    });
    await second;
  }
  expect(order).toEqual(['inserting: first', 'inserting: second', 'locking: first', 'locking: second']);
});

test('transactions that lock the same rows in opposite orders do not deadlock', async () => {
  const eventId = randomUUID();
  const numbers = Array.from({ length: 20 }, (_, number) => number);
  const { transactionRetries } = world.platform.metrics;
  await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      during((tx) => lockEventRows(tx, eventId, 'row', index % 2 === 0 ? numbers : numbers.toReversed())),
    ),
  );
  expect((await transactionRetries.get()).values.filter(({ labels }) => labels.name === 'test')).toEqual([]);
});

test('the number of a buyer is the same in every process, and there are 4,096', () => {
  expect(buyerLockNumber('ana')).toBe(buyerLockNumber('ana'));
  const numbers = Array.from({ length: 5_000 }, (_, index) => buyerLockNumber(`buyer-${index}`));
  expect(Math.max(...numbers)).toBeLessThan(4_096);
  expect(new Set(numbers).size).toBeGreaterThan(2_500);
});
