import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { audit, recordTickets } from '../../support/auditor.ts';
import { reserve } from '../../support/holds.ts';
import { race, randomNumbers, tally } from '../../support/race.ts';
import { buyers, eventOnSale, type Buyer } from '../../support/seed.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let crowd: Buyer[];

beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  crowd = await buyers(world, 64);
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(() => world[Symbol.asyncDispose]());

const some = (quantity: number, area = 'floor') => ({ generalAdmission: [{ area, quantity }] });

test('the last ticket of an area: 64 buyers, exactly one gets it', async () => {
  for (let round = 0; round < 5; round++) {
    const { event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 8 }] });
    await reserve(crowd[0]!.client, event, some(7));
    const answers = await race(crowd, ({ client }) => reserve(client, event, some(1)));
    expect(tally(answers)).toEqual({ TicketsReserved: 1, NotEnoughTickets: 63 });
  }
});

test('every last ticket is sold under contention', async () => {
  const { event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 60 }] });
  const answers = await race(crowd, ({ client }) => reserve(client, event, some(1)));
  expect(tally(answers)).toEqual({ TicketsReserved: 60, NotEnoughTickets: 4 });
});

test.each([1, 2, 3])('no order is refused while enough tickets are left (seed %i)', async (seed) => {
  const below = randomNumbers(seed);
  const { id, event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 100 }] });
  const quantities = crowd.map(() => 1 + below(5));
  const answers = await race(crowd, ({ client }, index) => reserve(client, event, some(quantities[index]!)));
  const [row] = await world.platform.sql`
    select count(*)::int as left from tickets where event_id = ${id} and status = 'AVAILABLE'`;
  answers.forEach((answer, index) => {
    if (answer.__typename === 'TicketsReserved')
      expect(answer.reservation.tickets).toHaveLength(quantities[index]!);
    else {
      expect(answer.__typename).toBe('NotEnoughTickets');
      expect(answer.available).toBeLessThan(quantities[index]!);
      expect(row!['left']).toBeLessThan(quantities[index]!);
    }
  });
});

test('a sold-out area opens no transactions, and sells released tickets at once', async () => {
  const { event } = await eventOnSale(world.platform, {
    areas: [
      { key: 'floor', places: 4 },
      { key: 'pit', places: 4 },
    ],
  });
  const first = await reserve(crowd[0]!.client, event, some(3));
  expect(await reserve(crowd[1]!.client, event, some(2))).toMatchObject({ available: 1 });
  const before = await transactions();
  const refused = await race(crowd.slice(2), ({ client }) => reserve(client, event, some(2)));
  expect(tally(refused)).toEqual({ NotEnoughTickets: crowd.length - 2 });
  expect(refused[0]).toMatchObject({ area: 'floor', available: 1 });
  expect(await transactions()).toBe(before);

  expect(await reserve(crowd[1]!.client, event, some(1))).toMatchObject({ __typename: 'TicketsReserved' });
  expect(await reserve(crowd[2]!.client, event, some(2, 'pit'))).toMatchObject({
    __typename: 'TicketsReserved',
  });
  expect(await reserve(crowd[3]!.client, event, some(1))).toMatchObject({ available: 0 });
  await crowd[0]!.client.mutate('releaseReservation', { reservation: first.reservation.id });
  expect(await reserve(crowd[3]!.client, event, some(3))).toMatchObject({ __typename: 'TicketsReserved' });
});

/** Number of `reserveTickets` transactions. */
async function transactions(): Promise<number> {
  const { values } = await world.platform.metrics.transactionSeconds.get();
  const counts = values.filter(({ metricName, labels }) => metricName?.endsWith('_count') && labels.name === 'booking.reserveTickets'); // prettier-ignore
  return counts.reduce((sum, { value }) => sum + value, 0);
}

test('several areas in one call, in opposite orders: all or none, and no deadlock', async () => {
  const { event } = await eventOnSale(world.platform, {
    areas: [
      { key: 'floor', places: 30 },
      { key: 'pit', places: 20 },
    ],
  });
  const both = [
    { area: 'floor', quantity: 1 },
    { area: 'pit', quantity: 1 },
  ];
  const answers = await race(crowd, ({ client }, index) =>
    reserve(client, event, { generalAdmission: index % 2 === 0 ? both : both.toReversed() }),
  );
  expect(tally(answers)).toEqual({ TicketsReserved: 20, NotEnoughTickets: 44 });
  const { values } = await world.platform.metrics.transactionRetries.get();
  expect(values.filter(({ value }) => value > 0)).toEqual([]);
});

test('an order that finds the last ticket locked waits for the lock, and gets the ticket if it is free', async () => {
  const { id, event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 2 }] });
  let waiting: Promise<{ __typename: string }> | undefined;
  await world.platform.db
    .transaction(async (other) => {
      await other.execute(`select 1 from tickets where event_id = '${id}' and place = 1 for update`);
      waiting = reserve(crowd[0]!.client, event, some(2));
      await sessionsWaitingForLocks(world.platform.db);
      other.rollback();
    })
    .catch(() => {});
  expect(await waiting).toMatchObject({ __typename: 'TicketsReserved' });
});

test('a quantity above the limit is refused before tickets are read', async () => {
  const { event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 20 }] });
  expect(await reserve(crowd[0]!.client, event, some(2_147_483_647))).toMatchObject({
    __typename: 'TicketLimitExceeded',
    limit: 10,
    alreadyHeld: 0,
  });
});
