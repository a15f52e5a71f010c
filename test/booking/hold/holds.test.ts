import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { expireReservations, holdForPayment, sellTickets } from '../../../src/booking/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, RESERVATION, reserve, reserved, runOut } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  [ana, ben] = [await world.as('ana'), await world.as('ben')];
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(() => world[Symbol.asyncDispose]());

const OVER = `... on ReservationOver { reservation { ${RESERVATION} } }`;
const extend = (client: Client, reservation: string) =>
  client.mutate(
    'extendReservation',
    { reservation },
    `${OVER} ... on ReservationExtended { reservation { ${RESERVATION} } }
      ... on ReservationAtCap { reservation { ${RESERVATION} } }`,
  );
const release = (client: Client, reservation: string) =>
  client.mutate(
    'releaseReservation',
    { reservation },
    `${OVER} ... on ReservationReleased { reservation { ${RESERVATION} } }`,
  );
const pay = (reservation: { id: string }, viewerId: string) =>
  inTransaction(world.platform, 'test.pay', (tx) =>
    holdForPayment(tx, { ...keyOf(reservation), viewerId, seconds: 60 }),
  );
const sell = (reservation: { id: string }) =>
  inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, keyOf(reservation)));

/** Let so much of a hold's time pass, as if its clock had run. */
async function pass(reservation: { id: string }, seconds: number) {
  const { id } = keyOf(reservation);
  const earlier = sql`- make_interval(secs => ${seconds})`;
  await world.platform.db.transaction(async (tx) => {
    await tx.execute(sql`update tickets set held_until = held_until ${earlier}, version = version + 1 where reservation_id = ${id}`); // prettier-ignore
    await tx.execute(sql`
      update reservations
      set held_until = held_until ${earlier}, held_until_cap = held_until_cap ${earlier}, created_at = created_at ${earlier}
      where id = ${id}`);
  });
}

describe('extending', () => {
  test('lets a hold last for its full time again, and its tickets with it', async () => {
    const { event } = await eventOnSale(
      world.platform,
      { seats: 20 },
      { holdSeconds: 100, holdCapSeconds: 300 },
    );
    const hold = await reserved(ana, event, { places: [0, 1] });
    await pass(hold, 90);

    const answer = await extend(ana, hold.id);

    expect(answer).toMatchObject({
      __typename: 'ReservationExtended',
      reservation: { id: hold.id, status: 'HELD' },
    });
    expect(answer.reservation.secondsLeft).toBeGreaterThan(90);
    expect(answer.reservation.secondsLeft).toBeLessThanOrEqual(100);
    expect(await reserve(ben, event, { places: [1] })).toMatchObject({ __typename: 'TicketsUnavailable' });
  });

  test('goes up to the cap and no further', async () => {
    const { event } = await eventOnSale(
      world.platform,
      { seats: 20 },
      { holdSeconds: 100, holdCapSeconds: 150 },
    );
    const hold = await reserved(ana, event, { places: [0] });
    await pass(hold, 90);
    const extended = await extend(ana, hold.id);
    expect(extended.reservation.heldUntil).toBe(extended.reservation.extendableUntil);
    expect(await extend(ana, hold.id)).toMatchObject({
      __typename: 'ReservationAtCap',
      reservation: { heldUntil: extended.reservation.heldUntil },
    });
  });

  test('never makes a hold shorter', async () => {
    const { id, event } = await eventOnSale(
      world.platform,
      { seats: 20 },
      { holdSeconds: 100, holdCapSeconds: 300 },
    );
    const hold = await reserved(ana, event, { places: [0] });
    await world.platform.sql`update events set hold_seconds = 30 where id = ${id}`;
    expect(await extend(ana, hold.id)).toMatchObject({
      __typename: 'ReservationExtended',
      reservation: { heldUntil: hold.heldUntil },
    });
  });

  test('cannot bring back what has run out, was released or was bought', async () => {
    const { event } = await eventOnSale(world.platform);
    const [lapsed, released, booked] = [
      await reserved(ana, event, { places: [0] }),
      await reserved(ana, event, { places: [1] }),
      await reserved(ana, event, { places: [2] }),
    ];
    await runOut(world.platform.db, lapsed);
    await release(ana, released.id);
    await sell(booked);
    for (const [hold, status] of [
      [lapsed, 'EXPIRED'],
      [released, 'RELEASED'],
      [booked, 'BOOKED'],
    ] as const) {
      // prettier-ignore
      expect(await extend(ana, hold.id)).toMatchObject({
        __typename: 'ReservationOver',
        reservation: { id: hold.id, status, secondsLeft: 0 },
      });
    }
  });

  test('of what is not there, or not the viewer’s, is refused alike', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0] });
    for (const id of [hold.id, `rsv_${'0'.repeat(32)}_${'0'.repeat(32)}`, event, 'nonsense', '']) {
      expect(await extend(ben, id)).toMatchObject({ __typename: 'ReservationNotFound' });
      expect(await release(ben, id)).toMatchObject({ __typename: 'ReservationNotFound' });
    }
  });
});

describe('releasing', () => {
  test('frees the tickets at once, and a second time answers the same', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0, 1] });
    for (let time = 1; time <= 2; time++) {
      expect(await release(ana, hold.id)).toMatchObject({
        __typename: 'ReservationReleased',
        reservation: { id: hold.id, status: 'RELEASED', secondsLeft: 0 },
      });
    }
    await reserved(ben, event, { places: [0, 1] });
    expect(await release(ana, hold.id)).toMatchObject({ __typename: 'ReservationReleased' });
    expect(await reserve(ana, event, { places: [0] })).toMatchObject({ __typename: 'TicketsUnavailable' });
  });

  test('waits while somebody pays, unless the hold has run out meanwhile', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0] });
    expect(await pay(hold, 'ana')).toMatchObject({ status: 'HELD' });
    expect(await release(ana, hold.id)).toMatchObject({ __typename: 'PaymentUnderWay' });
    await runOut(world.platform.db, hold);
    expect(await release(ana, hold.id)).toMatchObject({ __typename: 'ReservationOver' });
  });

  test('of what has run out or was bought is refused', async () => {
    const { event } = await eventOnSale(world.platform);
    const [lapsed, booked] = [
      await reserved(ana, event, { places: [0] }),
      await reserved(ana, event, { places: [1] }),
    ];
    await runOut(world.platform.db, lapsed);
    await sell(booked);
    expect(await release(ana, lapsed.id)).toMatchObject({ __typename: 'ReservationOver', reservation: { status: 'EXPIRED' } }); // prettier-ignore
    expect(await release(ana, booked.id)).toMatchObject({ __typename: 'ReservationOver', reservation: { status: 'BOOKED' } }); // prettier-ignore
  });
});

describe('the sweeper', () => {
  const rowsOf = async (eventId: string) => ({
    reservations: [...(await world.platform.sql`select status from reservations where event_id = ${eventId} order by created_at`)].map(({ status }) => status), // prettier-ignore
    reserved: (await world.platform.sql`select place from tickets where event_id = ${eventId} and status = 'RESERVED' order by place`).map(({ place }) => place), // prettier-ignore
  });

  test('writes down what has run out, and frees its tickets, and nothing else', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const [lapsed, held] = [
      await reserved(ana, event, { places: [0, 1] }),
      await reserved(ben, event, { places: [2] }),
    ];
    await expireReservations(world.platform); // whatever other tests left behind
    await runOut(world.platform.db, lapsed);

    expect(await expireReservations(world.platform)).toBe(1);
    expect(await expireReservations(world.platform)).toBe(0);
    expect(await rowsOf(id)).toEqual({ reservations: ['EXPIRED', 'HELD'], reserved: [2] });
    expect(held.status).toBe('HELD');
  });

  test('works in batches until there is nothing left', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 100 });
    await expireReservations(world.platform);
    for (let place = 0; place < 7; place++) await runOut(world.platform.db, await reserved(ana, event, { places: [place] })); // prettier-ignore
    expect(await expireReservations(world.platform, { batch: 3 })).toBe(7);
  });

  test('passes by what somebody has locked, and comes back for it', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const lapsed = await reserved(ana, event, { places: [0, 1] });
    await expireReservations(world.platform);
    await runOut(world.platform.db, lapsed);

    await world.platform.db.transaction(async (other) => {
      await other.execute(sql`select 1 from tickets where event_id = ${id} and place = 1 for update`);
      expect(await expireReservations(world.platform)).toBe(0);
      expect(await rowsOf(id)).toEqual({ reservations: ['HELD'], reserved: [1] });
    });
    expect(await expireReservations(world.platform)).toBe(1);
    expect(await rowsOf(id)).toEqual({ reservations: ['EXPIRED'], reserved: [] });
  });

  test('several at once share the work', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 100 });
    await expireReservations(world.platform);
    for (let place = 0; place < 20; place++) await runOut(world.platform.db, await reserved(ana, event, { places: [place] })); // prettier-ignore
    const counts = await Promise.all(
      Array.from({ length: 4 }, () => expireReservations(world.platform, { batch: 2 })),
    );
    const rest = await expireReservations(world.platform);
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(20);
  });
});
