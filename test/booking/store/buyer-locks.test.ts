import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { lockBuyer, tryLockBuyers } from '../../../src/booking/store/buyer-locks.ts';
import { formerEventLocks } from '../../../src/platform/db/advisory-locks.ts';
import { buyerLockNumber, lockEventRows } from '../../../src/platform/db/event-locks.ts';
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

test('buyers are locked from the first time on, without waiting, and their neighbours are not', async () => {
  const eventId = randomUUID();
  const tryLock = (viewers: string[], at = eventId) =>
    during(async (tx) => [...(await tryLockBuyers(tx, at, viewers))]);
  const sharing = viewersOfOneLock();
  expect(await tryLock(['ana', 'ben'])).toEqual(['ana', 'ben']); // inserts their rows
  await during(async (tx) => {
    expect([...(await tryLockBuyers(tx, eventId, ['ana', ...sharing]))].toSorted()).toEqual(
      ['ana', ...sharing].toSorted(),
    );
    expect(await tryLock(['ben', 'ana'])).toEqual(['ben']);
    expect(await tryLock(['ana'], randomUUID())).toEqual(['ana']);
  });
  expect(await tryLock(['ana', ...sharing])).toHaveLength(3);
  await during(async (tx) => {
    await lockBuyer(tx, { eventId, viewerId: sharing[0]! });
    expect(await tryLock(['ana', ...sharing])).toEqual(['ana']); // the other buyer has the same lock
  });
});

test('a buyer whom the version before has locked is not locked', async () => {
  const eventId = randomUUID();
  await during((tx) => lockBuyer(tx, { eventId, viewerId: 'ana' }));
  for (const viewerId of ['ana', 'new']) {
    await during(async (former) => {
      await former.execute(sql`select pg_advisory_xact_lock(${formerEventLocks.buyer(eventId, viewerId)})`);
      expect([...(await during((tx) => tryLockBuyers(tx, eventId, [viewerId, 'ben'])))]).toEqual(['ben']);
    });
  }
});

/** Two buyers whose ids hash to one number. */
function viewersOfOneLock(): string[] {
  const seen = new Map<number, string>();
  for (let index = 0; ; index++) {
    const viewerId = `viewer-${index}`;
    const other = seen.get(buyerLockNumber(viewerId));
    if (other !== undefined) return [other, viewerId];
    seen.set(buyerLockNumber(viewerId), viewerId);
  }
}

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

test('the number of a buyer is the same in every process, and there are 16,384', () => {
  expect(buyerLockNumber('ana')).toBe(buyerLockNumber('ana'));
  const numbers = Array.from({ length: 5_000 }, (_, index) => buyerLockNumber(`buyer-${index}`));
  expect(Math.max(...numbers)).toBeLessThan(16_384);
  expect(new Set(numbers).size).toBeGreaterThan(4_000);
});
