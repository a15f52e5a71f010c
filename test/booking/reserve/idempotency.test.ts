import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, reserve, reserveBest, reserved, runOut } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;

beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  ana = await world.as('ana');
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(() => world[Symbol.asyncDispose]());

const countReservations = async (event: { id: string }) => {
  const [row] = await world.platform
    .sql`select count(*)::int as n from reservations where event_id = ${event.id}`;
  return row!['n'];
};

test('a repeated call returns the first success in its current state', async () => {
  const seeded = await eventOnSale(world.platform);
  const first = await reserved(ana, seeded.event, { places: [1, 2] }, 'again');
  expect(await reserved(ana, seeded.event, { places: [1, 2] }, 'again')).toMatchObject({
    id: first.id,
    status: 'HELD',
  });

  await ana.mutate('releaseReservation', { reservation: first.id });
  expect(await reserved(ana, seeded.event, { places: [1, 2] }, 'again')).toMatchObject({
    id: first.id,
    status: 'RELEASED',
    secondsLeft: 0,
  });
  expect(await countReservations(seeded)).toBe(1);
});

test('a key with a lone surrogate is refused: Postgres would store another one', async () => {
  const seeded = await eventOnSale(world.platform);
  expect(await reserve(ana, seeded.event, { places: [1] }, 'x\ud800')).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['idempotencyKey'] }],
  });
  expect(await countReservations(seeded)).toBe(0);
});

test('a key that looks like another one is refused by each mutation that takes one', async () => {
  const seeded = await eventOnSale(world.platform);
  const { id } = await reserved(ana, seeded.event, { places: [5] }, 'alike');
  const refused = { __typename: 'InvalidInput', problems: [{ path: ['idempotencyKey'] }] };
  for (const idempotencyKey of ['alike\u200b', '\u200b', ' alike']) {
    expect(await reserve(ana, seeded.event, { places: [1] }, idempotencyKey)).toMatchObject(refused);
    expect(await reserveBest(ana, seeded.event, 1, { idempotencyKey })).toMatchObject(refused);
    const input = {
      reservation: id,
      payment: { amount: { amount: 1, currency: 'EUR' }, paymentMethod: 'pm_card_visa' },
      idempotencyKey,
    };
    const fields = '... on InvalidInput { problems { path message } }';
    expect(await ana.mutate('confirmBooking', input, fields)).toMatchObject(refused);
  }
  expect(await countReservations(seeded)).toBe(1);
});

test('twenty concurrent calls with one key are one Reservation', async () => {
  const seeded = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 3 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => reserve(ana, seeded.event, { places: [3, 4, 5] }, 'twenty')),
  );
  expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['TicketsReserved']));
  expect(new Set(answers.map(({ reservation }) => reservation.id)).size).toBe(1);
  expect(await countReservations(seeded)).toBe(1);
});

test('twenty concurrent calls for a quantity are one, too', async () => {
  const seeded = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 100 }] });
  const floor = { generalAdmission: [{ area: 'floor', quantity: 2 }] };
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => (await reserved(ana, seeded.event, floor, 'floor')).id),
  );
  expect(new Set(ids).size).toBe(1);
});

test('the stored outcome outlives the sale, the hold, and the next buyer’s reservation', async () => {
  const seeded = await eventOnSale(world.platform);
  const first = await reserved(ana, seeded.event, { places: [1] }, 'outlives');
  await runOut(world.platform.db, first);
  await reserved(await world.as('ben'), seeded.event, { places: [1] });
  expect(await reserved(ana, seeded.event, { places: [1] }, 'outlives')).toMatchObject({ id: first.id, status: 'EXPIRED' }); // prettier-ignore

  await world.platform.sql`update events set sale_ends_at = now() - interval '1 day' where id = ${seeded.id}`;
  expect(await reserved(ana, seeded.event, { places: [1] }, 'outlives')).toMatchObject({ id: first.id });
});

test('other input with the same key is refused at this Event; at another Event it is another key', async () => {
  const [here, there] = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
  const first = await reserved(ana, here.event, { places: [1] }, 'reused');
  const refusal = { __typename: 'IdempotencyKeyReused', idempotencyKey: 'reused' };
  expect(await reserve(ana, here.event, { places: [2] }, 'reused')).toMatchObject(refusal);
  expect(await reserve(ana, here.event, { places: [1, 99] }, 'reused')).toMatchObject(refusal);
  const second = await reserved(ana, there.event, { places: [1] }, 'reused');
  expect(keyOf(second).eventId).toBe(there.id);
  expect(await reserved(ana, there.event, { places: [1] }, 'reused')).toMatchObject({ id: second.id });
  expect(await reserved(ana, here.event, { places: [1] }, 'reused')).toMatchObject({ id: first.id });
});

test('concurrent calls for eight Events with one key are eight Reservations', async () => {
  const seeded = await Promise.all(Array.from({ length: 8 }, () => eventOnSale(world.platform)));
  const held = await Promise.all(seeded.map(({ event }) => reserved(ana, event, { places: [1] }, 'both')));
  expect(held.map((reservation) => keyOf(reservation).eventId)).toEqual(seeded.map(({ id }) => id));
});

test('concurrent calls with one key and different inputs: one succeeds, the others are refused', async () => {
  const { event } = await eventOnSale(world.platform);
  const places = Array.from({ length: 8 }, (_, place) => place);
  const answers = await Promise.all(places.map((place) => reserve(ana, event, { places: [place] }, 'raced')));
  const tally = Map.groupBy(answers, ({ __typename }) => __typename);
  expect(tally.get('TicketsReserved')).toHaveLength(1);
  expect(tally.get('IdempotencyKeyReused')).toHaveLength(7);
});

test('another buyer can use the same key', async () => {
  const { event } = await eventOnSale(world.platform);
  const first = await reserved(ana, event, { places: [1] }, 'ours');
  const second = await reserved(await world.as('ben'), event, { places: [2] }, 'ours');
  expect(second.id).not.toBe(first.id);
});

test('a refusal is not stored: the same key can be used again', async () => {
  const { event } = await eventOnSale(world.platform);
  const ben = await world.as('ben');
  const inTheWay = await reserved(ben, event, { places: [1] });
  expect(await reserve(ana, event, { places: [1] }, 'retry')).toMatchObject({
    __typename: 'TicketsUnavailable',
  });
  await ben.mutate('releaseReservation', { reservation: inTheWay.id });
  expect(await reserve(ana, event, { places: [1] }, 'retry')).toMatchObject({
    __typename: 'TicketsReserved',
  });
});

test('after 24 hours a key can be used again', async () => {
  const { event } = await eventOnSale(world.platform);
  const first = await reserved(ana, event, { places: [1] }, 'old');
  await world.platform.db.execute(
    sql`update idempotent_calls set created_at = now() - interval '25 hours' where answer ->> 'id' = ${keyOf(first).id}`,
  );
  const second = await reserved(ana, event, { places: [2] }, 'old');
  expect(second.id).not.toBe(first.id);
});
