import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import {
  bookingOf,
  intentOf,
  pay,
  payAndCrash,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const CONFIRM = '/v1/payment_intents/:id/confirm';
const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };
const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };

let world: CheckoutWorld;
let stripe: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard: stripe } = shared));

/** Decline one card, and pay with another that needs 3-D Secure, while webhooks are held. */
async function declinedThenWaiting(): Promise<{ held: Held; intent: string }> {
  await world.stripe.setWebhooks({ mode: 'hold' });
  const held = await world.held();
  expect(await pay(held, DECLINED)).toMatchObject({ __typename: 'PaymentDeclined' });
  const { booking } = await pay(held, AUTHENTICATION);
  return { held, intent: await intentOf(world, booking) };
}

/** Events of an intent, oldest first. */
async function eventsOf(intent: string) {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.filter((event) => (event.data.object as { id: string }).id === intent).toReversed();
}

/** Deliver held events, and wait until their jobs are done. */
async function deliver(events: readonly string[]): Promise<void> {
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks([...events]);
  await world.countCallsAnew();
}

test('the webhooks of two attempts, in every order, confirm the second', async () => {
  for (const order of permutations([0, 1, 2, 3])) {
    const { held, intent } = await declinedThenWaiting();
    await world.stripe.authenticate(intent, 'complete');
    const events = await eventsOf(intent);
    expect(events.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'payment_intent.payment_failed',
      'payment_intent.requires_action',
      'payment_intent.succeeded',
    ]);
    await deliver(order.map((index) => events[index]!.id));
    expect(await bookingOf(held)).toMatchObject({ status: 'CONFIRMED' });
  }
});

test('the webhooks of three declined attempts, in every order, leave the reservation to its buyer', async () => {
  for (const order of permutations([0, 1, 2])) {
    await world.stripe.setWebhooks({ mode: 'hold' });
    const held = await world.held();
    let intent = '';
    for (let attempt = 0; attempt < 3; attempt++)
      intent = await intentOf(world, (await pay(held, DECLINED)).booking);
    const failures = (await eventsOf(intent)).filter(({ type }) => type.endsWith('payment_failed'));
    expect(failures).toHaveLength(3);
    await deliver(order.map((index) => failures[index]!.id));
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  }
});

test('the failure of the first attempt does not end the second, which waits for 3-D Secure', async () => {
  const { held, intent } = await declinedThenWaiting();
  const [, failed] = await eventsOf(intent);
  await deliver([failed!.id]);
  expect(await bookingOf(held)).toMatchObject({ status: 'PENDING' });
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'CONFIRMED');
});

test('the failure of the first attempt does not end the second, whose card is being charged', async () => {
  await world.stripe.setWebhooks({ mode: 'hold' });
  const held = await world.held();
  const intent = await intentOf(world, (await pay(held, DECLINED)).booking);
  const [, failed] = await eventsOf(intent);
  await world.stripe.addFault({ path: CONFIRM, kind: 'hold' });
  const paying = pay(held);
  await world.stripe.untilStalled();
  await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 503 });
  await deliver([failed!.id]);
  expect(await bookingOf(held)).toMatchObject({ status: 'PENDING' });
  await world.stripe.releaseStalled();
  expect(await paying).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('the failure of the first attempt makes no request for the second, while that of its buyer is under way', async () => {
  await world.stripe.setWebhooks({ mode: 'hold' });
  const held = await world.held();
  const intent = await intentOf(world, (await pay(held, DECLINED)).booking);
  const [, failed] = await eventsOf(intent);
  await world.countCallsAnew();
  await world.stripe.addFault({ path: CONFIRM, kind: 'hold' });
  const paying = pay(held);
  await world.stripe.untilStalled();
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks([failed!.id]);
  await until(async () => {
    const { rows: open } = await world.platform.db.execute(
      sql`select 1 from webhook_events where id = ${failed!.id} and handled_at is not null`,
    );
    expect(open).toHaveLength(1);
  });
  expect(await world.stripe.calls()).toMatchObject({ [`POST ${CONFIRM}`]: 1 });
  await world.stripe.releaseStalled();
  expect(await paying).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('the failure of an attempt whose request is dead declines it', async () => {
  await world.stripe.setWebhooks({ mode: 'hold' });
  const held = await world.held();
  await payAndCrash(world, held, 'charged', DECLINED);
  await world.platform.db.execute(
    sql`update bookings set created_at = now() - interval '31 seconds' where viewer_id = ${held.name}`,
  );
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await untilBooking(held, 'DECLINED');
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
