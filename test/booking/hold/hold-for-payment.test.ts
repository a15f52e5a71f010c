import { describe, expect, test } from 'vitest';

import {
  endPaymentAttempt,
  expireReservations,
  findReservation,
  holdForPayment,
  returnTickets,
  sellTickets,
} from '../../../src/booking/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, reserve, reserved, runOut } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import type { World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

shareAuditedWorld((shared) => ({ world, ana, ben } = shared));

type Hold = { id: string };
const find = (hold: Hold) => findReservation(world.platform.db, keyOf(hold).eventId, keyOf(hold).id);
const begin = (hold: Hold, viewerId = 'ana', seconds = 60) =>
  inTransaction(world.platform, 'test.begin', (tx) =>
    holdForPayment(tx, { ...keyOf(hold), viewerId, seconds }),
  );
const end = (hold: Hold, atLeastSeconds = 120) =>
  inTransaction(world.platform, 'test.end', (tx) =>
    endPaymentAttempt(tx, { ...keyOf(hold), atLeastSeconds }),
  );
const sell = (hold: Hold) => inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, keyOf(hold)));
const returnBooked = (hold: Hold) =>
  inTransaction(world.platform, 'test.returnTickets', (tx) => returnTickets(tx, keyOf(hold)));

async function statusesOf(eventId: string): Promise<string> {
  const rows = await world.platform
    .sql`select status from tickets where event_id = ${eventId} order by place`;
  return rows.map(({ status }) => status[0]).join('');
}

describe('holding for a payment', () => {
  test('extends the hold beyond its cap if need be, and sets the start of the payment', async () => {
    const { event } = await eventOnSale(
      world.platform,
      { seats: 5 },
      { holdSeconds: 30, holdCapSeconds: 60 },
    );
    const hold = await reserved(ana, event, { places: [0, 1] });
    const paying = await begin(hold, 'ana', 900);
    expect(paying).toMatchObject({
      viewerId: 'ana',
      status: 'HELD',
      places: [0, 1],
      payingSince: expect.any(Date),
    });
    expect(paying!.secondsLeft).toBeGreaterThan(800);
    expect(paying!.heldUntil.getTime()).toBeGreaterThan(paying!.heldUntilCap.getTime());
  });

  test('never makes it shorter', async () => {
    const { event } = await eventOnSale(
      world.platform,
      { seats: 5 },
      { holdSeconds: 500, holdCapSeconds: 600 },
    );
    const hold = await reserved(ana, event, { places: [0] });
    expect((await begin(hold, 'ana', 10))!.heldUntil.toISOString()).toBe(hold.heldUntil);
  });

  test('is for the holder only, and only while the hold is active', async () => {
    const { event } = await eventOnSale(world.platform);
    const [expired, released, booked, held] = await Promise.all(
      [0, 1, 2, 3].map((place) => reserved(ana, event, { places: [place] })),
    );
    await runOut(world.platform.db, expired);
    await ana.mutate('releaseReservation', { reservation: released.id });
    await sell(booked);
    for (const hold of [expired, released, booked]) expect(await begin(hold)).toBeNull();
    expect(await begin(held, 'ben')).toBeNull();
    expect(await inTransaction(world.platform, 'test', (tx) => holdForPayment(tx, { eventId: newId(), id: newId(), viewerId: 'ana', seconds: 1 }))).toBeNull(); // prettier-ignore
    expect(await find(held)).toMatchObject({ payingSince: null });
  });

  test('a failed attempt leaves time for another', async () => {
    const { event } = await eventOnSale(
      world.platform,
      { seats: 5 },
      { holdSeconds: 30, holdCapSeconds: 30 },
    );
    const hold = await reserved(ana, event, { places: [0] });
    await begin(hold, 'ana', 5);
    const ended = await end(hold, 120);
    expect(ended).toMatchObject({ status: 'HELD', payingSince: null });
    expect(ended.secondsLeft).toBeGreaterThan(100);
    expect(await ana.mutate('releaseReservation', { reservation: hold.id })).toMatchObject({ __typename: 'ReservationReleased' }); // prettier-ignore
  });

  test('a failed attempt does not revive a hold that has run out', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0] });
    await begin(hold);
    await runOut(world.platform.db, hold);
    expect(await end(hold)).toMatchObject({ status: 'EXPIRED', secondsLeft: 0, payingSince: null });
  });
});

describe('selling', () => {
  test('sells the places to the buyer, once', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 4 });
    const hold = await reserved(ana, event, { places: [1, 2] });
    await begin(hold);
    expect([await sell(hold), await sell(hold)]).toEqual(['sold', 'sold']);
    expect(await statusesOf(id)).toBe('ASSA');
    expect(await find(hold)).toMatchObject({ status: 'BOOKED', payingSince: null, secondsLeft: 0 });
    await expireReservations(world.platform);
    expect(await statusesOf(id)).toBe('ASSA');
    expect(await reserve(ben, event, { places: [1] })).toMatchObject({
      __typename: 'TicketsUnavailable',
      places: [1],
    });
  });

  test('twenty concurrent calls are one sale', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 4 });
    const hold = await reserved(ana, event, { places: [1, 2] });
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => sell(hold))))).toEqual(
      new Set(['sold']),
    );
    expect(await statusesOf(id)).toBe('ASSA');
  });

  test.each([
    ['before the sweeper came', false],
    ['after it', true],
  ])('a late payment buys the same places if they are still free, %s', async (_when, swept) => {
    const { id, event } = await eventOnSale(world.platform, { seats: 4 });
    const hold = await reserved(ana, event, { places: [1, 2] });
    await begin(hold);
    await runOut(world.platform.db, hold);
    if (swept) await expireReservations(world.platform);
    expect(await sell(hold)).toBe('sold');
    expect(await statusesOf(id)).toBe('ASSA');
    expect(await find(hold)).toMatchObject({ status: 'BOOKED' });
  });

  test('a late payment also buys places that another buyer has held until they ran out', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 4 });
    const hold = await reserved(ana, event, { places: [1, 2] });
    await runOut(world.platform.db, hold);
    const other = await reserved(ben, event, { places: [2, 3] });
    await expireReservations(world.platform); // of other tests
    await runOut(world.platform.db, other);
    expect(await sell(hold)).toBe('sold');
    expect(await statusesOf(id)).toBe('ASSA');
    expect(await find(other)).toMatchObject({ status: 'EXPIRED' });
    expect(await expireReservations(world.platform)).toBe(0); // expired already
  });

  test('a late payment buys nothing if one place is held, sold or blocked, and the others are free again', async () => {
    const organiser = await world.as('organiser', 'ORGANISER');
    const taking: [string, (event: string) => Promise<unknown>, string][] = [
      ['held', (event) => reserved(ben, event, { places: [2] }), 'AARA'],
      ['sold', async (event) => sell(await reserved(ben, event, { places: [2] })), 'AASA'],
      ['blocked', (event) => organiser.mutate('blockTickets', { event, places: [2] }), 'AABA'],
    ];
    for (const [how, take, statuses] of taking) {
      const { id, event } = await eventOnSale(world.platform, { seats: 4 });
      const hold = await reserved(ana, event, { places: [1, 2] });
      await begin(hold);
      await runOut(world.platform.db, hold);
      await take(event);
      expect([await sell(hold), await sell(hold)]).toEqual(['unavailable', 'unavailable']);
      expect(await statusesOf(id), how).toBe(statuses);
      expect(await find(hold)).toMatchObject({ status: 'EXPIRED', payingSince: null });
    }
  });

  test('a late payment does not exceed the ticket limit', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 4 }, { ticketLimit: 2 });
    const hold = await reserved(ana, event, { places: [0, 1] });
    await runOut(world.platform.db, hold);
    await reserved(ana, event, { places: [2] });
    expect(await sell(hold)).toBe('unavailable');
    expect(await statusesOf(id)).toBe('AARA');
  });

  test('a released Reservation cannot be sold', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 2 });
    const hold = await reserved(ana, event, { places: [0] });
    await ana.mutate('releaseReservation', { reservation: hold.id });
    expect(await sell(hold)).toBe('unavailable');
    expect(await statusesOf(id)).toBe('AA');
    expect(await find(hold)).toMatchObject({ status: 'RELEASED' });
  });
});

describe('returning', () => {
  test('frees bought tickets, once', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 3 });
    const hold = await reserved(ana, event, { places: [0, 1] });
    await sell(hold);
    await returnBooked(hold);
    expect(await statusesOf(id)).toBe('AAA');
    await reserved(ben, event, { places: [0] });
    await returnBooked(hold);
    expect(await statusesOf(id)).toBe('RAA');
    expect(await find(hold)).toMatchObject({ status: 'RELEASED' });
  });

  test('changes nothing without a purchase', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 2 });
    const hold = await reserved(ana, event, { places: [0] });
    await returnBooked(hold);
    expect(await statusesOf(id)).toBe('RA');
    expect(await find(hold)).toMatchObject({ status: 'HELD' });
  });
});
