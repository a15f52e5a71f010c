import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { newId } from '../../../src/platform/ids.ts';
import { intentOf, pay, until, type CheckoutWorld } from '../../support/checkout-world.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** Announce a dispute of this payment, and wait until every webhook is handled; returns the alarms that were raised. */
async function dispute(intent: string): Promise<number> {
  const before = await countAlarms(world, 'payment-disputed');
  const event = {
    id: `evt_${newId()}`,
    object: 'event',
    livemode: false,
    type: 'charge.dispute.created',
    data: { object: { id: `dp_${newId()}`, object: 'dispute', payment_intent: intent } },
  };
  const payload = JSON.stringify(event);
  const signature = dashboard.webhooks.generateTestHeaderString({
    payload,
    secret: world.emulator.webhookSecret,
  });
  const response = await fetch(`${world.url}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body: payload,
  });
  expect(response.status).toBe(200);
  await world.stripe.webhooksSettled();
  await until(async () => {
    const open = sql`select id from webhook_events where handled_at is null`;
    expect((await world.platform.db.execute(open)).rows).toEqual([]);
  });
  return (await countAlarms(world, 'payment-disputed')) - before;
}

/** Pay with an intent that no Booking of this database has; it is that of the database `shopId`. */
async function strayPayment(shopId: string): Promise<string> {
  const { id } = await dashboard.paymentIntents.create({
    amount: 1_000,
    currency: 'eur',
    metadata: { bookingId: newId(), eventId: newId(), shopId },
    confirm: true,
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
  });
  return id;
}

test('a dispute raises an alarm', async () => {
  const held = await world.held();
  const { booking } = await pay(held);
  expect(await dispute(await intentOf(world, booking))).toBe(1);
});

test('a dispute of a payment whose Booking this database has lost raises one, too', async () => {
  await pay(await world.held()); // the id of the database is generated with the first payment
  const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
  expect(await dispute(await strayPayment(rows[0]!.id))).toBe(1);
});

test('a dispute of a payment of another database on the same account raises none', async () => {
  const intent = await strayPayment(newId());
  expect(await dispute(intent)).toBe(0);
  await dashboard.refunds.create({ payment_intent: intent }); // the auditor expects no unrefunded payment of another database
});
