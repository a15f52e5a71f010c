import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import {
  bookingKey,
  bookingOf,
  giveBack,
  intentOf,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { refundAmount, refundsOf, refundTickets } from '../../support/organiser-refunds.ts';
import { ORGANISER } from '../../support/seed.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';
import { amountsRefunded } from '../../support/stripe-control.ts';

// Each Booking has two tickets, of 5,000 each.

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

const organiser = () => world.as(ORGANISER, 'ORGANISER');

async function bought() {
  const held = await world.held();
  const { booking } = await pay(held);
  return {
    held,
    booking,
    intent: await intentOf(world, booking),
    tickets: booking.tickets as { id: string }[],
  };
}

const refunded = (intent: string) => amountsRefunded(world.stripe, intent);

const untilRefunded = (intent: string, amounts: number[]) =>
  until(async () => {
    await world.hurryJobs();
    expect(await refunded(intent)).toEqual(amounts);
  });

test('a ticket is refunded at its price, and can be bought again', async () => {
  const { held, booking, intent, tickets } = await bought();
  const key = randomUUID();
  const before = await countAlarms(world, 'refunded-elsewhere');
  const call = async () =>
    refundTickets(await organiser(), booking, { tickets: [tickets[0]!.id], key, reason: 'ill' });
  expect(await call()).toMatchObject({
    __typename: 'RefundAccepted',
    amount: { amount: 5_000, currency: 'EUR' },
    booking: { status: 'CONFIRMED', tickets: [{ id: tickets[1]!.id }] },
  });
  await untilRefunded(intent, [5_000]);
  await world.countCallsAnew(); // the webhooks of the refund, too
  expect(await call()).toMatchObject({ __typename: 'RefundAccepted', amount: { amount: 5_000 } });
  await world.countCallsAnew();
  expect(await refunded(intent)).toEqual([5_000]);
  expect(await refundsOf(held, booking)).toEqual([
    { status: 'SUCCEEDED', amount: { amount: 5_000, currency: 'EUR' } },
  ]);
  expect(await countAlarms(world, 'refunded-elsewhere')).toBe(before);
  const next = await world.as(`next-${randomUUID()}`);
  await reserved(next, held.event.event, { places: [0] });
  const { event } = await (
    await organiser()
  ).ask(
    `query ($event: ID!) { event(id: $event) {
      auditTrail { nodes { mutation changes { field after } } }
      sales { tickets { sold } revenue { charged { amount } refunded { amount } net { amount } } } } }`,
    { event: held.event.event },
  );
  expect(event.auditTrail.nodes[0]).toEqual({
    mutation: 'refundTickets',
    changes: [
      { field: 'booking', after: booking.id },
      { field: 'tickets', after: '0' },
      { field: 'returnToSale', after: 'true' },
      { field: 'amount', after: '5000' },
      { field: 'reason', after: 'ill' },
    ],
  });
  expect(event.sales).toEqual({
    tickets: { sold: 1 },
    revenue: { charged: { amount: 10_000 }, refunded: { amount: 5_000 }, net: { amount: 5_000 } },
  });
});

test('tickets that do not return to the sale are blocked', async () => {
  const { held, booking, tickets } = await bought();
  await refundTickets(await organiser(), booking, { tickets: [tickets[0]!.id], returnToSale: false });
  const { event } = await held.client.ask(
    'query ($event: ID!) { event(id: $event) { tickets(places: [0, 1]) { status } } }',
    { event: held.event.event },
  );
  expect(event.tickets).toEqual([{ status: 'BLOCKED' }, { status: 'SOLD' }]);
});

test('of the last ticket all that is left is refunded, and the Booking is cancelled', async () => {
  const { held, booking, intent, tickets } = await bought();
  await refundTickets(await organiser(), booking, { tickets: [tickets[1]!.id] });
  expect(await refundTickets(await organiser(), booking, { tickets: [tickets[0]!.id] })).toMatchObject({
    __typename: 'RefundAccepted',
    amount: { amount: 5_000 },
    booking: { status: 'CANCELLED' },
  });
  await untilBooking(held, 'CANCELLED');
  await until(async () => {
    await world.hurryJobs();
    expect((await refunded(intent)).reduce((sum, amount) => sum + amount, 0)).toBe(10_000);
  });
});

test('an amount is refunded, the buyer keeps the tickets, and cancelling gives back the rest', async () => {
  const { held, booking, intent, tickets } = await bought();
  expect(await refundAmount(await organiser(), booking, { amount: 1_500 })).toMatchObject({
    __typename: 'RefundAccepted',
    booking: { status: 'CONFIRMED', tickets },
  });
  await untilRefunded(intent, [1_500]);
  await until(async () => expect(await refundsOf(held, booking)).toHaveLength(1));
  expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
  await untilRefunded(intent, [1_500, 8_500]);
});

test('a ticket costs no more than is left of the payment', async () => {
  const { booking, intent, tickets } = await bought();
  await refundAmount(await organiser(), booking, { amount: 8_000 });
  const refund = { tickets: [tickets[0]!.id] };
  expect(await refundTickets(await organiser(), booking, refund)).toMatchObject({
    __typename: 'RefundAccepted',
    amount: { amount: 2_000 },
  });
  await untilRefunded(intent, [2_000, 8_000]);
});

test('what is not the organiser’s, not in the Booking, or more than is left is refused and changes nothing', async () => {
  const { held, booking, intent, tickets } = await bought();
  const other = await bought();
  const [own, another, fan] = [await organiser(), await world.as('otto', 'ORGANISER'), held.client];
  const one = { tickets: [tickets[0]!.id] };
  expect(await refundTickets(another, booking, one)).toMatchObject({ __typename: 'BookingNotFound' });
  expect(await refundAmount(another, booking, { amount: 1 })).toMatchObject({
    __typename: 'BookingNotFound',
  });
  const asFan = await fan.send(
    `mutation { refundAmount(input: { booking: "${booking.id}", amount: { amount: 1, currency: "EUR" }, idempotencyKey: "k" }) { __typename } }`,
    {},
  );
  expect(asFan.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const theirs = { tickets: [tickets[0]!.id, other.tickets[0]!.id, 'tkt_0'] };
  expect(await refundTickets(own, booking, theirs)).toMatchObject({
    __typename: 'TicketsNotInBooking',
    tickets: theirs.tickets.slice(1),
  });
  for (const bad of [[], [tickets[0]!.id, tickets[0]!.id], Array.from({ length: 101 }, () => 'tkt')])
    expect(await refundTickets(own, booking, { tickets: bad })).toMatchObject({ __typename: 'InvalidInput' });
  for (const amount of [0, -1])
    expect(await refundAmount(own, booking, { amount })).toMatchObject({ __typename: 'InvalidInput' });
  expect(await refundAmount(own, booking, { amount: 1, currency: 'USD' })).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['amount', 'currency'] }],
  });
  expect(await refundAmount(own, booking, { amount: 10_001 })).toMatchObject({
    __typename: 'RefundExceedsPayment',
    left: { amount: 10_000, currency: 'EUR' },
  });
  const key = randomUUID();
  await refundAmount(own, booking, { amount: 4_000, key });
  expect(await refundAmount(own, booking, { amount: 3_000, key })).toMatchObject({
    __typename: 'IdempotencyKeyReused',
  });
  expect(await refundAmount(own, booking, { amount: 6_001 })).toMatchObject({
    __typename: 'RefundExceedsPayment',
    left: { amount: 6_000 },
  });
  await untilRefunded(intent, [4_000]);
  await giveBack(held, booking);
  expect(await refundAmount(own, booking, { amount: 1 })).toMatchObject({
    __typename: 'BookingNotRefundable',
  });
  expect(await refundTickets(own, booking, one)).toMatchObject({ __typename: 'BookingNotRefundable' });
  await untilRefunded(intent, [4_000, 6_000]);
});

test('of the same ticket, asked for twice at once, one is refunded; and with the Event cancelled at once, all is, once', async () => {
  const { held, booking, intent, tickets } = await bought();
  const own = await organiser();
  const one = { tickets: [tickets[0]!.id] };
  const outcomes = await Promise.all([
    refundTickets(own, booking, one),
    refundTickets(own, booking, one),
    own.mutate('cancelEvent', { event: held.event.event }),
    refundAmount(own, booking, { amount: 1_000 }),
  ]);
  expect(
    outcomes.slice(0, 2).filter(({ __typename }) => __typename === 'RefundAccepted').length,
  ).toBeLessThan(2);
  await untilBooking(held, 'CANCELLED');
  await until(async () => {
    await world.hurryJobs();
    expect((await refunded(intent)).reduce((sum, amount) => sum + amount, 0)).toBe(10_000);
  });
  await until(async () => {
    await world.hurryJobs();
    const due = sql`select from refund_requests where event_id = ${bookingKey(booking).eventId} and state = 'due'`;
    expect((await world.platform.db.execute(due)).rows).toEqual([]);
  });
});

test('once all money is given back, tickets are taken back without a refund', async () => {
  const { held, booking, intent, tickets } = await bought();
  await refundAmount(await organiser(), booking, { amount: 10_000 });
  expect(await refundTickets(await organiser(), booking, { tickets: [tickets[0]!.id] })).toMatchObject({
    __typename: 'RefundAccepted',
    amount: { amount: 0 },
  });
  expect((await bookingOf(held)).tickets).toHaveLength(1);
  await untilRefunded(intent, [10_000]);
});
