import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { reserveTickets } from '../../../src/booking/reserve/reserve-tickets.ts';
import { findSaleShared } from '../../../src/booking/store/sale.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import { eventOnSale, viewerOf } from '../../support/seed.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

// Without Redis: concurrent calls are in one batch, as they wait for nothing on the way.
let world: World;
/** A session of its own. */
let operator: postgres.Sql;
beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
  await recordTickets(world.platform.db);
  operator = postgres(world.databaseUrl, { max: 2, onnotice: () => {} });
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(async () => {
  await operator.end();
  await world[Symbol.asyncDispose]();
});

const buy = (buyer: number, event: string, places: number[], key: string = randomUUID()) =>
  reserveTickets(world.platform, viewerOf(`buyer-${buyer}`), {
    event,
    selection: { places },
    idempotencyKey: key,
  });

/** Number of batched orders and of batches since the last call. */
let before = { orders: 0, groups: 0 };
async function grouped() {
  const { values } = await world.platform.metrics.ordersTogether.get();
  const value = (what: string) => values.find(({ metricName }) => metricName?.endsWith(what))?.value ?? 0;
  const now = { orders: value('_sum'), groups: value('_count') };
  const since = { orders: now.orders - before.orders, groups: now.groups - before.groups };
  before = now;
  return since;
}

/** Block others with a reservation until the transaction ends. */
async function whileLocked(
  lock: (tx: postgres.TransactionSql) => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<void> {
  await operator.begin(async (tx) => {
    await lock(tx);
    await work();
  });
}

test('concurrent orders share a transaction, 32 at most, with an outcome each', async () => {
  const { event } = await eventOnSale(world.platform, { seats: 200 });
  await grouped();
  const answers = await Promise.all(Array.from({ length: 64 }, (_, n) => buy(n, event, [3 * n, 3 * n + 1])));
  expect(await grouped()).toEqual({ orders: 64, groups: 2 });
  for (const [n, answer] of answers.entries()) {
    expect(answer).toMatchObject({
      __typename: 'TicketsReserved',
      reservation: { viewerId: `buyer-${n}`, places: [3 * n, 3 * n + 1], status: 'HELD' },
    });
  }
});

test('each hold has its own amount and times', async () => {
  const { id, event } = await eventOnSale(world.platform, { seats: 20 });
  await world.platform.db.execute(sql`update events set hold_seconds = 120 where id = ${id}`);
  const answers = await Promise.all([buy(1, event, [0]), buy(2, event, [1, 2, 3])]);
  const [one, three] = answers.map((answer) => (answer as any).reservation);
  expect(three.amount).toBe(3 * one.amount);
  expect(one.amount).toBeGreaterThan(0);
  expect([one.secondsLeft, three.secondsLeft]).toEqual([120, 120]);
});

test('of two orders for one place the first gets it, and a refused order keeps nothing', async () => {
  const { id, event } = await eventOnSale(world.platform, { seats: 20 }, { ticketLimit: 4 });
  await grouped();
  const answers = await Promise.all([
    buy(1, event, [0, 1]),
    buy(2, event, [1, 2]),
    buy(3, event, [2, 3]),
    buy(4, event, [5, 6, 7, 8]),
    buy(5, event, [9]),
    buy(5, event, [10]), // the same buyer: in the next batch
  ]);
  expect(await grouped()).toEqual({ orders: 6, groups: 2 });
  expect(answers).toMatchObject([
    { __typename: 'TicketsReserved' },
    { __typename: 'TicketsUnavailable', places: [1] },
    { __typename: 'TicketsReserved' }, // the second order was refused and left place 2 free
    { __typename: 'TicketsReserved' },
    { __typename: 'TicketsReserved' },
    { __typename: 'TicketsReserved' },
  ]);
  expect(await Promise.all([buy(4, event, [11]), buy(6, event, [12]), buy(1, event, [0])])).toMatchObject([
    { __typename: 'TicketLimitExceeded', limit: 4, alreadyHeld: 4 },
    { __typename: 'TicketsReserved' },
    { __typename: 'TicketsAlreadyYours', reservation: { places: [0, 1] } },
  ]);
  const [kept] = await world.platform.sql`
    select (select count(*)::int from reservations where event_id = ${id}) as reservations,
      (select count(*)::int from idempotent_calls where event_id = ${id}) as keys`;
  expect(kept).toEqual({ reservations: 6, keys: 6 });
});

test('one key used twice concurrently is one Reservation, and a used key does not affect other orders', async () => {
  const { event } = await eventOnSale(world.platform, { seats: 20 });
  const key = randomUUID();
  const twice = await Promise.all([buy(1, event, [0], key), buy(1, event, [0], key)]);
  expect(twice[0]).toMatchObject({ __typename: 'TicketsReserved' });
  expect((twice[1] as any).reservation.id).toBe((twice[0] as any).reservation.id);

  expect(await Promise.all([buy(1, event, [2], key), buy(2, event, [1])])).toMatchObject([
    { __typename: 'IdempotencyKeyReused' },
    { __typename: 'TicketsReserved' },
  ]);
  expect(await buy(3, event, [2])).toMatchObject({ __typename: 'TicketsReserved' }); // not left held
});

test('a place whose hold has run out is sold, and its Reservation expires', async () => {
  const { id, event } = await eventOnSale(world.platform, { seats: 20 });
  await buy(1, event, [0, 1]);
  await world.platform.db.execute(sql`
    update tickets set held_until = now(), version = version + 1 where event_id = ${id} and place in (0, 1)`);
  await world.platform.db.execute(sql`update reservations set held_until = now() where event_id = ${id}`);
  expect(await Promise.all([buy(2, event, [1, 2]), buy(3, event, [3])])).toMatchObject([
    { __typename: 'TicketsReserved' },
    { __typename: 'TicketsReserved' },
  ]);
  const rows = await world.platform.sql`
    select status, places from reservations where event_id = ${id} order by places`;
  expect(rows).toMatchObject([{ status: 'EXPIRED' }, { status: 'HELD' }, { status: 'HELD' }]);
});

describe('a lock delays only the orders that need it', () => {
  test('a ticket', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    let waiting: ReturnType<typeof buy>;
    await whileLocked(
      (tx) => tx`select 1 from tickets where event_id = ${id} and place = 0 for update`,
      async () => {
        waiting = buy(1, event, [0, 1]);
        expect(await buy(2, event, [2])).toMatchObject({ __typename: 'TicketsReserved' });
        await sessionsWaitingForLocks(world.platform.db);
      },
    );
    expect(await waiting!).toMatchObject({ __typename: 'TicketsReserved' });
  });

  test('a buyer', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    let waiting: ReturnType<typeof buy>;
    await whileLocked(
      (tx) => tx`select pg_advisory_xact_lock(hashtextextended(${`${id} buyer-1`}, 0))`,
      async () => {
        waiting = buy(1, event, [0]);
        expect(await buy(2, event, [1])).toMatchObject({ __typename: 'TicketsReserved' });
        await sessionsWaitingForLocks(world.platform.db);
      },
    );
    expect(await waiting!).toMatchObject({ __typename: 'TicketsReserved' });
  });
});

test('orders that wait while their Event is taken off sale are refused, also in the middle of a batch', async () => {
  const { id, event } = await eventOnSale(world.platform, { seats: 20 });
  const early: ReturnType<typeof buy>[] = [];
  let late: ReturnType<typeof buy>;
  await whileLocked(
    async (tx) => {
      await tx`lock table price_tiers in access exclusive mode`; // blocks the last statement of a batch
    },
    async () => {
      for (const buyer of [1, 2]) {
        early.push(buy(buyer, event, [buyer]));
        await sessionsWaitingForLocks(world.platform.db, buyer);
      }
      late = buy(3, event, [3]);
      await findSaleShared(world.platform.db, id); // shared read before the change
      await operator`update events set status = 'CANCELLED' where id = ${id}`;
    },
  );
  const refusal = { __typename: 'EventNotOnSale', status: 'CANCELLED' };
  expect(await Promise.all(early)).toMatchObject([refusal, refusal]); // read it as on sale before they waited
  expect(await late!).toMatchObject(refusal);
});

describe('the failure of one order', () => {
  test('does not fail the others, which get transactions of their own', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    await operator.unsafe(`
      create function unlucky() returns trigger language plpgsql as $$ begin raise 'thirteen'; end $$;
      create trigger unlucky before update on tickets for each row
        when (new.place = 13 and new.event_id = '${id}') execute function unlucky()`);
    const answers = await Promise.allSettled([
      buy(1, event, [0]),
      buy(2, event, [12, 13]),
      buy(3, event, [1]),
    ]);
    await operator`drop function unlucky cascade`;
    expect(answers).toMatchObject([
      { value: { __typename: 'TicketsReserved' } },
      { status: 'rejected' },
      { value: { __typename: 'TicketsReserved' } },
    ]);
  });

  test('a broken connection: no order is incomplete, and a retry succeeds', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    const keys = [randomUUID(), randomUUID()];
    const both = () => Promise.allSettled(keys.map((key, n) => buy(n, event, [2 * n, 2 * n + 1], key)));
    let answers: ReturnType<typeof both>;
    await whileLocked(
      async (tx) => {
        await tx`lock table price_tiers in access exclusive mode`; // blocks the last statement of a batch
      },
      async () => {
        answers = both();
        const [pid] = await sessionsWaitingForLocks(world.platform.db);
        await operator`select pg_terminate_backend(${pid!})`;
        expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      },
    );
    const [left] = await world.platform.sql`
      select (select count(*)::int from tickets where event_id = ${id} and version > 0) as tickets,
        (select count(*)::int from reservations where event_id = ${id}) as reservations,
        (select count(*)::int from idempotent_calls where event_id = ${id}) as keys`;
    expect(left).toEqual({ tickets: 0, reservations: 0, keys: 0 });
    expect(await both()).toMatchObject([
      { value: { __typename: 'TicketsReserved' } },
      { value: { __typename: 'TicketsReserved' } },
    ]);
  });
});
