import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import {
  giveBack,
  intentOf,
  pay,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf, reserved, runOut } from '../../support/holds.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const PAID = 10_000;

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** The ledger of a payment: kind, amount and cause of each row. */
async function ledger(intent: string) {
  const { rows } = await world.platform.db.execute<{ kind: string; amount: number; cause: string }>(sql`
    select kind, amount::float8 as amount, cause from ledger_entries where intent_id = ${intent}
    order by recorded_at, kind, amount`);
  return rows.map(({ kind, amount, cause }) => [kind, amount, cause]);
}

/** What a Booking shows its buyer of its refunds. */
async function refundsShown({ client }: Held, { id }: { id: string }) {
  const query =
    'query ($id: ID!) { node(id: $id) { ... on Booking { refunds { status amount { amount currency } } } } }';
  const { node } = await client.ask(query, { id });
  return node.refunds as { status: string; amount: { amount: number; currency: string } }[];
}

async function bought(paymentMethod = 'pm_card_visa') {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  return { held, booking, intent: await intentOf(world, booking) };
}

describe('the ledger', () => {
  test('has the charge of a sale, in the transaction that sells', async () => {
    const held = await world.held();
    world.crashAt('sold');
    await held.client.send(
      'mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) { __typename } }',
      {
        input: {
          reservation: held.reservation.id,
          payment: { amount: held.reservation.total, paymentMethod: 'pm_card_visa' },
          idempotencyKey: 'crash',
        },
      },
    );
    expect(world.crashed()).toBe(true);
    const { id } = keyOf(held.reservation);
    const entries = sql`select from ledger_entries e join bookings b on b.id = e.booking_id where b.reservation_id = ${id}`;
    expect((await world.platform.db.execute(entries)).rows).toHaveLength(0); // rolled back with the sale
    await world.hurryJobs();
    const booking = await untilBooking(held, 'CONFIRMED');
    expect(await ledger(await intentOf(world, booking))).toEqual([['charge', PAID, 'booking']]);
  });

  test('has the refund of a cancellation, and the Booking shows it', async () => {
    const { held, booking, intent } = await bought();
    await giveBack(held, booking);
    await world.countCallsAnew();
    expect(await ledger(intent)).toEqual([
      ['charge', PAID, 'booking'],
      ['refund', -PAID, 'cancellation'],
    ]);
    expect(await refundsShown(held, booking)).toEqual([
      { status: 'SUCCEEDED', amount: { amount: PAID, currency: 'EUR' } },
    ]);
  });

  test('has a partial refund in the dashboard by itself, and only the rest is refunded by a cancellation', async () => {
    const { held, booking, intent } = await bought();
    await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await world.countCallsAnew();
    expect(await ledger(intent)).toEqual([
      ['charge', PAID, 'booking'],
      ['refund', -100, 'elsewhere'],
    ]);
    await giveBack(held, booking);
    await world.countCallsAnew();
    expect(await ledger(intent)).toEqual([
      ['charge', PAID, 'booking'],
      ['refund', -100, 'elsewhere'],
      ['refund', -PAID + 100, 'cancellation'],
    ]);
    expect((await refundsShown(held, booking)).map(({ amount }) => amount.amount)).toEqual([100, PAID - 100]);
  });

  test('has what a refund that fails days later brings back', async () => {
    const { held, booking, intent } = await bought('pm_card_refundFail');
    await giveBack(held, booking);
    const { refunds } = await world.stripe.payments();
    const refund = refunds.find(({ payment_intent }) => payment_intent === intent)!;
    await world.stripe.settleRefund(refund.id, 'failed');
    await world.countCallsAnew();
    expect(await ledger(intent)).toEqual([
      ['charge', PAID, 'booking'],
      ['refund', -PAID, 'cancellation'],
      ['refund_returned', PAID, 'bank'],
    ]);
    expect(await refundsShown(held, booking)).toMatchObject([{ status: 'FAILED' }]);
    await dashboard.refunds.create({ payment_intent: intent }); // as the operator does
    await world.countCallsAnew();
  });

  test('has a payment whose tickets were lost, with its refund', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
    const intent = await intentOf(world, booking);
    await runOut(world.platform.db, held.reservation);
    await reserved(await world.as('faster'), held.event.event, { places: [0] });
    await world.stripe.authenticate(intent, 'complete');
    await untilBooking(held, 'REFUNDED');
    await world.countCallsAnew();
    expect(await ledger(intent)).toEqual([
      ['charge', PAID, 'late'],
      ['refund', -PAID, 'late'],
    ]);
  });

  test('has a stray payment with its refund', async () => {
    await pay(await world.held()); // the id of the database is generated with the first payment
    const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
    const { event, reservation } = await world.held();
    const { id } = await dashboard.paymentIntents.create({
      amount: 700,
      currency: 'eur',
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
      confirm: true,
      metadata: { eventId: event.id, reservationId: keyOf(reservation).id, shopId: rows[0]!.id },
    });
    await world.countCallsAnew();
    // The webhook of the refund and the job that has made it write concurrently: either row may come first.
    expect((await ledger(id)).toSorted()).toEqual([
      ['charge', 700, 'stray'],
      ['refund', -700, 'stray'],
    ]);
  });
});
