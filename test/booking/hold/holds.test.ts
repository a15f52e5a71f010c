import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';

import { expireReservations, holdForPayment, sellTickets } from '../../../src/booking/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, RESERVATION, reserve, reserved, runOut } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import type { World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

shareAuditedWorld((shared) => ({ world, ana, ben } = shared));

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

/** Age a hold by moving its timestamps into the past. */
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
  test('restores the full hold time of a Reservation and its tickets', async () => {
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

  test('stops at the cap', async () => {
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

  test('is refused for Reservations that have expired, were released or booked', async () => {
    const { event } = await eventOnSale(world.platform);
    const [expired, released, booked] = [
      await reserved(ana, event, { places: [0] }),
      await reserved(ana, event, { places: [1] }),
      await reserved(ana, event, { places: [2] }),
    ];
    await runOut(world.platform.db, expired);
    await release(ana, released.id);
    await sell(booked);
    for (const [hold, status] of [
      [expired, 'EXPIRED'],
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

  test('of a missing or another viewer’s Reservation is refused alike', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0] });
    for (const id of [hold.id, `rsv_${'0'.repeat(32)}_${'0'.repeat(32)}`, event, 'nonsense', '']) {
      expect(await extend(ben, id)).toMatchObject({ __typename: 'ReservationNotFound' });
      expect(await release(ben, id)).toMatchObject({ __typename: 'ReservationNotFound' });
    }
  });
});

describe('releasing', () => {
  test('frees the tickets at once, and is idempotent', async () => {
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

  test('is refused during a payment, unless the hold has run out', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0] });
    expect(await pay(hold, 'ana')).toMatchObject({ status: 'HELD' });
    expect(await release(ana, hold.id)).toMatchObject({ __typename: 'PaymentUnderWay' });
    await runOut(world.platform.db, hold);
    expect(await release(ana, hold.id)).toMatchObject({ __typename: 'ReservationOver' });
  });

  test('of an expired or booked Reservation is refused', async () => {
    const { event } = await eventOnSale(world.platform);
    const [expired, booked] = [
      await reserved(ana, event, { places: [0] }),
      await reserved(ana, event, { places: [1] }),
    ];
    await runOut(world.platform.db, expired);
    await sell(booked);
    expect(await release(ana, expired.id)).toMatchObject({ __typename: 'ReservationOver', reservation: { status: 'EXPIRED' } }); // prettier-ignore
    expect(await release(ana, booked.id)).toMatchObject({ __typename: 'ReservationOver', reservation: { status: 'BOOKED' } }); // prettier-ignore
  });
});

describe('the sweeper', () => {
  const rowsOf = async (eventId: string) => ({
    reservations: [...(await world.platform.sql`select status from reservations where event_id = ${eventId} order by created_at`)].map(({ status }) => status), // prettier-ignore
    reserved: (await world.platform.sql`select place from tickets where event_id = ${eventId} and status = 'RESERVED' order by place`).map(({ place }) => place), // prettier-ignore
  });

  test('expires overdue Reservations and frees their tickets, and nothing else', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const [expired, held] = [
      await reserved(ana, event, { places: [0, 1] }),
      await reserved(ben, event, { places: [2] }),
    ];
    await expireReservations(world.platform); // of other tests
    await runOut(world.platform.db, expired);

    expect(await expireReservations(world.platform)).toBe(1);
    expect(await expireReservations(world.platform)).toBe(0);
    expect(await rowsOf(id)).toEqual({ reservations: ['EXPIRED', 'HELD'], reserved: [2] });
    expect(held.status).toBe('HELD');
  });

  test('works in batches until nothing is overdue', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 100 });
    await expireReservations(world.platform);
    for (let place = 0; place < 7; place++) await runOut(world.platform.db, await reserved(ana, event, { places: [place] })); // prettier-ignore
    expect(await expireReservations(world.platform, { batch: 3 })).toBe(7);
  });

  test('skips locked rows and expires them in the next run', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const expired = await reserved(ana, event, { places: [0, 1] });
    await expireReservations(world.platform);
    await runOut(world.platform.db, expired);

    await world.platform.db.transaction(async (other) => {
      await other.execute(sql`select 1 from tickets where event_id = ${id} and place = 1 for update`);
      expect(await expireReservations(world.platform)).toBe(0);
      expect(await rowsOf(id)).toEqual({ reservations: ['HELD'], reserved: [1] });
    });
    expect(await expireReservations(world.platform)).toBe(1);
    expect(await rowsOf(id)).toEqual({ reservations: ['EXPIRED'], reserved: [] });
  });

  test('concurrent sweepers share the work', async () => {
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
