import { expect, test } from 'vitest';

import { bookingOf, pay, untilBooking, type CheckoutWorld } from '../../support/checkout-world.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, reserve, reserved } from '../../support/holds.ts';
import { tally } from '../../support/race.ts';
import { buyers, draftEvent, eventOnSale, ORGANISER } from '../../support/seed.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => void ({ world } = shared));

const organiser = () => world.as(ORGANISER, 'ORGANISER');
const announce = (client: Client, event: string) =>
  client.mutate('announceEvent', { event }, '... on EventAnnounced { event { status } } ... on EventNotChangeable { status }'); // prettier-ignore
const withdraw = (client: Client, event: string) =>
  client.mutate('withdrawEvent', { event }, '... on EventWithdrawn { event { status salePausedAt } } ... on EventHasBuyers { soldTickets heldTickets } ... on EventNotChangeable { status }'); // prettier-ignore
const publish = (client: Client, event: string, amount: number, currency = 'EUR') =>
  client.mutate('publishEvent', { event, currency, prices: [{ tier: 0, amount }] }, '... on EventPublished { tickets event { status } }'); // prettier-ignore
const see = async (client: Client, event: string) =>
  (await client.ask('query ($event: ID!) { event(id: $event) { status } }', { event })).event;

/** Let a hold have run out two minutes ago. */
async function runOutLongAgo(reservation: { id: string }): Promise<void> {
  const { eventId, id } = keyOf(reservation);
  const { sql } = world.platform;
  await sql.begin(async (tx) => {
    await tx`
      update tickets set held_until = now() - interval '2 minutes', version = version + 1
      where event_id = ${eventId} and reservation_id = ${id} and status = 'RESERVED'`;
    await tx`
      update reservations set held_until = now() - interval '2 minutes' where event_id = ${eventId} and id = ${id}`;
  });
}

test('an announced Event is seen and not on sale; it is announced once', async () => {
  const olga = await organiser();
  const { event } = await draftEvent(world.platform, undefined, { seatingPlanId: null });
  expect(await see(world.stranger, event)).toBeNull();
  for (let round = 0; round < 2; round++)
    expect(await announce(olga, event)).toMatchObject({ __typename: 'EventAnnounced', event: { status: 'ANNOUNCED' } }); // prettier-ignore
  expect(await see(world.stranger, event)).toEqual({ status: 'ANNOUNCED' });
  expect(await reserve(await world.as('ana'), event, { places: [0] })).toMatchObject({ __typename: 'EventNotOnSale', status: 'ANNOUNCED' }); // prettier-ignore
  expect(await withdraw(olga, event)).toMatchObject({ __typename: 'EventWithdrawn' });
  expect(await see(world.stranger, event)).toBeNull();
});

test('announcing is refused of an Event on sale or cancelled, and to others', async () => {
  const olga = await organiser();
  const { event } = await eventOnSale(world.platform);
  expect(await announce(olga, event)).toMatchObject({ __typename: 'EventNotChangeable', status: 'ON_SALE' });
  const cancelled = await draftEvent(world.platform, undefined, { status: 'CANCELLED' });
  for (const change of [announce, withdraw])
    expect(await change(olga, cancelled.event)).toMatchObject({ __typename: 'EventNotChangeable', status: 'CANCELLED' }); // prettier-ignore
  const draft = await draftEvent(world.platform);
  for (const change of [announce, withdraw]) {
    expect((await change(await world.as('rival', 'ORGANISER'), draft.event)).__typename).toBe(
      'EventNotFound',
    );
    await expect(change(await world.as('fan'), draft.event)).rejects.toThrow('FORBIDDEN');
    expect((await change(await world.as('ada', 'ADMIN'), draft.event)).__typename).not.toBe('EventNotFound');
  }
});

test('an Event without buyers is withdrawn, and published again at other prices with what was blocked', async () => {
  const olga = await organiser();
  const { event, id } = await eventOnSale(world.platform, { seats: 20 });
  await olga.mutate('blockTickets', { event, places: [5] });
  await olga.mutate('pauseSale', { event });
  expect(await withdraw(olga, event)).toMatchObject({ __typename: 'EventWithdrawn', event: { status: 'DRAFT', salePausedAt: null } }); // prettier-ignore
  expect(await see(world.stranger, event)).toBeNull();
  const ana = await world.as('ana');
  expect(await reserve(ana, event, { places: [0] })).toMatchObject({ __typename: 'EventNotFound' });

  expect(await publish(olga, event, 700, 'GBP')).toMatchObject({ __typename: 'EventPublished', tickets: 20 });
  expect((await reserved(ana, event, { places: [0] })).total).toEqual({ amount: 700, currency: 'GBP' });
  expect(await reserve(ana, event, { places: [5] })).toMatchObject({ __typename: 'TicketsUnavailable' });
  const [stock] = await world.platform.sql`select available from event_stock where event_id = ${id}`;
  expect(stock).toEqual({ available: 19 });
  const trail = await olga.ask(
    'query ($event: ID!) { event(id: $event) { auditTrail { nodes { mutation } } } }', { event }); // prettier-ignore
  expect(trail.event.auditTrail.nodes.map(({ mutation }: { mutation: string }) => mutation)).toEqual(
    ['publishEvent', 'withdrawEvent', 'pauseSale', 'blockTickets', 'publishEvent'], // prettier-ignore
  );
});

test('a withdrawn Event keeps its Venue and SeatingPlan, as its tickets are places there', async () => {
  const olga = await organiser();
  const { event } = await eventOnSale(world.platform);
  const other = await draftEvent(world.platform);
  const planOf = async (id: string) =>
    (await olga.ask('query ($id: ID!) { event(id: $id) { seatingPlan { id } } }', { id })).event.seatingPlan
      .id;
  await withdraw(olga, event);
  const update = async (seatingPlan: string) =>
    (await olga.mutate('updateEvent', { id: event, event: { seatingPlan, name: 'Again' } })).__typename;
  expect(await update(await planOf(other.event))).toBe('EventNotChangeable');
  expect(await update(await planOf(event))).toBe('EventUpdated');
});

test('with a ticket held or sold it is refused, and nothing is changed', async () => {
  const olga = await organiser();
  const held = await world.held();
  const { event } = held.event;
  expect(await withdraw(olga, event)).toMatchObject({ __typename: 'EventHasBuyers', soldTickets: 0, heldTickets: 2 }); // prettier-ignore
  await pay(held);
  expect(await withdraw(olga, event)).toMatchObject({ __typename: 'EventHasBuyers', soldTickets: 2, heldTickets: 0 }); // prettier-ignore
  expect(await see(held.client, event)).toEqual({ status: 'ON_SALE' });
});

test('a payment that arrives when the hold has run out and the Event is a draft is refunded', async () => {
  const held = await world.held();
  const stopped = world.pauseAt('charged');
  const paying = pay(held);
  await stopped.reached;
  await runOutLongAgo(held.reservation);
  expect(await withdraw(await organiser(), held.event.event)).toMatchObject({ __typename: 'EventWithdrawn' });
  stopped.resume();
  expect((await paying).__typename).toBe('BookingRefunded');
  await untilBooking(held, 'REFUNDED');
  expect((await bookingOf(held)).status).toBe('REFUNDED');
});

test('an order that waits for the tickets of an Event that is withdrawn meanwhile is refused', async () => {
  const { id, event } = await eventOnSale(world.platform);
  const { sql, db } = world.platform;
  const [ana, olga] = [await world.as('ana'), await organiser()];
  let withdrawing: ReturnType<typeof withdraw> | undefined;
  let ordering: ReturnType<typeof reserve> | undefined;
  await sql.begin(async (tx) => {
    await tx`select 1 from tickets where event_id = ${id} and place = 7 for update`;
    withdrawing = withdraw(olga, event); // has locked the places before the seventh
    await sessionsWaitingForLocks(db);
    ordering = reserve(ana, event, { places: [3] });
    await sessionsWaitingForLocks(db, 2);
  });
  expect(await withdrawing).toMatchObject({ __typename: 'EventWithdrawn' });
  expect(await ordering).toMatchObject({ __typename: 'EventNotFound' });
});

test('while many reserve, an Event is withdrawn or has buyers, never both', async () => {
  for (let round = 0; round < 8; round++) {
    const { id, event } = await eventOnSale(world.platform, {
      seats: 40,
      areas: [{ key: 'floor', places: 20 }],
    });
    const olga = await organiser();
    const orders = (await buyers(world, 12, `round-${round}`)).map(({ client }, index) =>
      reserve(
        client,
        event,
        index % 3 === 2
          ? { generalAdmission: [{ area: 'floor', quantity: 1 }] }
          : { places: [index * 2, index * 2 + 1] },
      ),
    );
    const attempts = Array.from({ length: 3 }, () => withdraw(olga, event));
    const counts = tally(await Promise.all(orders));
    const isWithdrawn = (await Promise.all(attempts)).some(
      ({ __typename }) => __typename === 'EventWithdrawn',
    );
    const [row] = await world.platform.sql`
      select (select status from events where id = ${id}) as status,
        (select count(*)::int from tickets where event_id = ${id} and status = 'RESERVED') as held`;
    expect(row!['status']).toBe(isWithdrawn ? 'DRAFT' : 'ON_SALE');
    if (isWithdrawn) expect({ held: row!['held'], counts }).toMatchObject({ held: 0 });
    else expect(counts['TicketsReserved']).toBeGreaterThan(0);
  }
});
