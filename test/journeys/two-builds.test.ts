import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { auditMoney } from '../support/audit-money.ts';
import { audit } from '../support/auditor.ts';
import type { Client } from '../support/client.ts';
import { draftEvent, ORGANISER } from '../support/seed.ts';
import { untilNothing } from '../support/wait-until.ts';
import { openTwoBuilds, type Build, type TwoBuilds } from './two-builds.ts';

/*
 * An upgrade without downtime: the newest release (drizzle/released.json) and this tree serve the same Event from one
 * database, which this tree has migrated.
 *
 * To extend it, for a change of what is stored: write a step in which one build writes it and the other reads, repeats or
 * undoes it, and let `describe.each` swap the two. Send only fields that both schemas have; the operations below are the
 * test's own for that reason. `npm run schema:release` moves the old build forward.
 */

const RESERVATION = 'id status total { amount currency } tickets { place status }';
const BOOKING = 'id status total { amount currency } tickets { place status }';
const PRICE = 4_200;
/** After all tests at one Event. */
const MAP = 'ARRARRARARAAAAAAAAAA';

let builds: TwoBuilds;
beforeAll(async () => {
  builds = await openTwoBuilds();
}, 300_000); // npm ci of the old build, if its packages differ
afterAll(() => builds?.[Symbol.asyncDispose]());

const reserve = (client: Client, event: string, places: number[], key: string = randomUUID()) =>
  client.mutate(
    'reserveTickets',
    { event, selection: { places }, idempotencyKey: key },
    `... on TicketsReserved { reservation { ${RESERVATION} } } ... on TicketsUnavailable { places }`,
  );
const release = (client: Client, reservation: string) =>
  client.mutate(
    'releaseReservation',
    { reservation },
    `... on ReservationReleased { reservation { id status } }`,
  );
const pay = (client: Client, reservation: string, places: number, key: string = randomUUID()) =>
  client.mutate(
    'confirmBooking',
    {
      reservation,
      payment: { amount: { amount: places * PRICE, currency: 'EUR' }, paymentMethod: 'pm_card_visa' },
      idempotencyKey: key,
    },
    `... on BookingConfirmed { booking { ${BOOKING} } }`,
  );
const cancel = (client: Client, booking: string) =>
  client.mutate('cancelBooking', { booking }, `... on BookingCancelled { booking { id status } }`);
const bookingsOf = async (client: Client, event: string) =>
  (
    await client.ask(`query ($event: ID) { viewer { bookings(event: $event) { nodes { ${BOOKING} } } } }`, {
      event,
    })
  ).viewer.bookings.nodes;
const reservationsOf = async (client: Client, event: string) =>
  (
    await client.ask(
      `query ($event: ID) { viewer { reservations(event: $event) { nodes { ${RESERVATION} } } } }`,
      { event },
    )
  ).viewer.reservations.nodes;
const mapOf = async (client: Client, event: string): Promise<string> =>
  (await client.ask('query ($event: ID!) { seatMap(event: $event) { sections { statuses } } }', { event }))
    .seatMap.sections[0].statuses;

/** An Event of twenty seats in one row, put on sale by one build. */
async function publishedBy(build: Build): Promise<string> {
  const { event } = await draftEvent(builds.platform, { seats: 20 });
  const organiser = await builds.as(build, ORGANISER, 'ORGANISER');
  const answer = await organiser.mutate('publishEvent', {
    event,
    currency: 'EUR',
    prices: [{ tier: 0, amount: PRICE }],
  });
  expect(answer.__typename).toBe('EventPublished');
  return event;
}

describe.each<{ first: Build; second: Build; publisher: Build }>([
  { first: 'old', second: 'new', publisher: 'old' },
  { first: 'old', second: 'new', publisher: 'new' },
  { first: 'new', second: 'old', publisher: 'old' },
  { first: 'new', second: 'old', publisher: 'new' },
])('the $first build acts, the $second continues, at an Event that the $publisher published', (roles) => {
  let event: string;
  let buyer: string;
  let first: Client;
  let second: Client;
  beforeAll(async () => {
    event = await publishedBy(roles.publisher);
    buyer = `buyer-${randomUUID()}`;
    [first, second] = await Promise.all([builds.as(roles.first, buyer), builds.as(roles.second, buyer)]);
  });

  test('a hold is respected, seen and released', async () => {
    const { reservation } = await reserve(first, event, [0, 1]);
    expect(reservation).toMatchObject({ status: 'HELD', total: { amount: 2 * PRICE, currency: 'EUR' } });
    const rival = await builds.as(roles.second, 'rival');
    expect(await reserve(rival, event, [1, 2])).toMatchObject({
      __typename: 'TicketsUnavailable',
      places: [1],
    });
    expect(await reservationsOf(second, event)).toEqual([reservation]);
    expect(await release(second, reservation.id)).toMatchObject({ reservation: { status: 'RELEASED' } });
    expect(await reserve(rival, event, [1, 2])).toMatchObject({ __typename: 'TicketsReserved' });
  });

  test('a repeated call with an idempotency key has one effect', async () => {
    const key = randomUUID();
    const held = await reserve(first, event, [4, 5], key);
    expect(held.__typename).toBe('TicketsReserved');
    const again = await Promise.all([
      reserve(second, event, [4, 5], key),
      reserve(first, event, [4, 5], key),
    ]);
    expect(again).toEqual([held, held]);
    expect(await reserve(second, event, [6], key)).toMatchObject({ __typename: 'IdempotencyKeyReused' });

    const together = randomUUID();
    const [a, b] = await Promise.all([
      reserve(first, event, [7], together),
      reserve(second, event, [7], together),
    ]);
    expect(a).toEqual(b);
    expect(await reservationsOf(first, event)).toHaveLength(3); // with the released one
  });

  test('what one holds the other is paid for, once; and each cancels what the other confirmed', async () => {
    const { reservation } = await reserve(first, event, [8, 9]);
    const key = randomUUID();
    const paid = await pay(second, reservation.id, 2, key);
    expect(paid).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: { status: 'CONFIRMED', total: { amount: 2 * PRICE, currency: 'EUR' } },
    });
    expect(await pay(first, reservation.id, 2, key)).toEqual(paid);
    expect(await bookingsOf(first, event)).toEqual([paid.booking]);
    expect(await bookingsOf(second, event)).toEqual([paid.booking]);

    const rival = await builds.as(roles.first, 'rival');
    expect(await reserve(rival, event, [9])).toMatchObject({ __typename: 'TicketsUnavailable' });
    expect(await cancel(first, paid.booking.id)).toMatchObject({ booking: { status: 'CANCELLED' } });
    expect(await cancel(second, paid.booking.id)).toMatchObject({ booking: { status: 'CANCELLED' } });
    expect(await reserve(rival, event, [9])).toMatchObject({ __typename: 'TicketsReserved' });
  });

  test('both show the same map, which is that of the database', async () => {
    const expected = async () => {
      const [a, b] = await Promise.all([mapOf(first, event), mapOf(second, event)]);
      return a === MAP && b === MAP ? [] : [a, b];
    };
    expect(await untilNothing(expected)).toEqual([]);
  });
});

test('no ticket has two owners, no money is lost, and no process has ended', async () => {
  await builds.stripe.webhooksSettled();
  expect(await audit(builds.platform.db)).toEqual([]);
  expect(await auditMoney(builds.platform.db, builds.stripe)).toEqual([]);
  expect(builds.unexpectedExits).toEqual([]);
});
