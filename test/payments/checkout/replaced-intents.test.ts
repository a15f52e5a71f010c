import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import {
  bookingKey,
  intentOf,
  pay,
  payAndCrash,
  runOutOfTime,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const CREATE = '/v1/payment_intents';
const CONFIRM = '/v1/payment_intents/:id/confirm';
const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };
const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };

let world: CheckoutWorld;
let dashboard: Stripe;
const lines: Record<string, unknown>[] = [];
const log = openLog('warn', { write: (line) => void lines.push(JSON.parse(line) as never) });
shareCheckoutWorld((shared) => ({ world, dashboard } = shared), { log });
/** Messages of the log about a Booking. */
const logged = (booking: { id: string }) =>
  lines.filter(({ bookingId }) => bookingId === bookingKey(booking).id).map(({ msg }) => msg);

test('an intent that replaced another, and is cancelled itself, is not offered to the next attempt', async () => {
  const held = await world.held();
  await payAndCrash(world, held, 'intent-stored', { ...AUTHENTICATION, key: 'first' });
  const { payment_intents: intents } = await world.stripe.payments();
  await dashboard.paymentIntents.cancel(intents[0]!.id);
  const { booking } = await pay(held, { ...AUTHENTICATION, key: 'first' });
  await runOutOfTime(world, booking);
  await world.hurryJobs();
  await untilBooking(held, 'DECLINED');
  await world.countCallsAnew();

  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  await world.countCallsAnew();
});

test('an attempt whose every intent is cancelled at once ends after a few requests', async () => {
  const held = await world.held();
  const { booking } = await pay(held, DECLINED);
  await dashboard.paymentIntents.cancel(await intentOf(world, booking));
  await world.countCallsAnew();
  await world.stripe.addFault({ path: CREATE, kind: 'hold', when: 'after', times: 3 });
  const paying = pay(held);
  for (let replacement = 1; replacement <= 3; replacement++) {
    const [created] = await world.stripe.untilStalled();
    const { payment_intents: intents } = await world.stripe.payments();
    await dashboard.paymentIntents.cancel(intents[0]!.id);
    await world.stripe.releaseStalled(created!.id);
  }
  expect(await paying).toMatchObject({ __typename: 'PaymentDeclined', code: 'payment_expired' });
  const calls = await world.stripe.calls();
  expect(calls[`POST ${CREATE}`]).toBe(3);
  expect(calls[`POST ${CONFIRM}`]).toBe(4);
  expect(logged((await paying).booking)).toEqual([
    ...Array.from({ length: 3 }, () => 'payment intent replaced'),
    'payment intent not replaced again',
  ]);
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('an intent that Stripe fails to replace ends the attempt, and the next one pays', async () => {
  for (const fault of [{ stored: true }, { times: 2 }]) {
    const held = await world.held();
    const { booking } = await pay(held, DECLINED);
    await dashboard.paymentIntents.cancel(await intentOf(world, booking));
    await world.stripe.addFault({ path: CREATE, kind: 'error', status: 500, ...fault });
    expect(await pay(held)).toMatchObject({ __typename: 'PaymentUnavailable' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  }
});

test('an intent that Stripe refuses to replace ends the attempt, and the log says why', async () => {
  const held = await world.held();
  const { booking } = await pay(held, DECLINED);
  await dashboard.paymentIntents.cancel(await intentOf(world, booking));
  await world.stripe.addFault({ path: CREATE, kind: 'error', status: 400, code: 'account_invalid' });
  const refused = await pay(held);
  expect(refused).toMatchObject({ __typename: 'PaymentDeclined', code: 'account_invalid' });
  expect(logged(refused.booking)).toEqual(['payment refused by stripe']);
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('an attempt inherits the latest charge of the one before it by number, whichever transaction began first', async () => {
  const held = await world.held();
  const { booking: first } = await pay(held, DECLINED);
  const { booking: second } = await pay(held, DECLINED);
  await world.platform.db.execute(sql`
    update bookings set created_at = (select created_at - interval '1 second' from bookings where id = ${bookingKey(first).id})
    where id = ${bookingKey(second).id}`);
  await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 503 });
  expect(await pay(held, { key: 'third' })).toMatchObject({ __typename: 'PaymentPending' });
  expect(await pay(held, { key: 'third' })).toMatchObject({ __typename: 'BookingConfirmed' });
});
