import { expect } from 'vitest';

import type { CheckoutStep } from '../../../src/payments/checkout-steps.ts';
import type { CrashPoint } from '../../../src/payments/index.ts';
import { cancelEvent } from '../../support/cancel-event.ts';
import {
  bookingOf,
  giveBack,
  intentOf,
  pay,
  payment,
  runOutOfTime,
  stripeOf,
  type CheckoutWorld,
  type Held,
  type Payment,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { ORGANISER } from '../../support/seed.ts';

/** A purchase in whose course an API is killed, and then the worker that goes on with it. */
export interface Scenario {
  /** What the buyer does before, at an API that lives on. */
  prepare?: (held: Held) => Promise<unknown>;
  /** The request during which the API is killed. */
  call: (doomed: Held) => Promise<unknown>;
  api: CrashPoint;
  /** What buyer, organiser or Stripe do between the kills. */
  meanwhile?: (held: Held) => Promise<unknown>;
  worker: CrashPoint;
  /** Steps of the Event's Bookings at the end, oldest first. */
  ends: CheckoutStep[];
}

const KEY = 'purchase';
const SECURE = { paymentMethod: 'pm_card_authenticationRequired' };
const DECLINED = { paymentMethod: 'pm_card_visa_chargeDeclined' };

const paying =
  (how: Payment = {}) =>
  (doomed: Held) =>
    doomed.client.send(
      'mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) { __typename } }',
      { input: payment(doomed, { key: KEY, ...how }) },
    );

const cancelling = async (doomed: Held) => giveBack(doomed, await bookingOf(doomed));

/** Every step boundary of a checkout, of cancelling a Booking and of cancelling an Event. */
export function scenariosIn(world: CheckoutWorld): Scenario[] {
  const payNow = async (held: Held) =>
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  const callOff = async ({ event }: Held) =>
    expect(await cancelEvent(await world.as(ORGANISER, 'ORGANISER'), event.event)).toMatchObject({
      __typename: 'EventCancelled',
    });
  /** Another buyer gets the tickets that the first one has given back. */
  const buyFreed = async ({ event }: Held) => {
    const client = await world.as(`next-buyer-${event.id}`);
    const reservation = await reserved(client, event.event, { places: [0, 1] });
    expect(await pay({ client, reservation })).toMatchObject({ __typename: 'BookingConfirmed' });
  };
  const authenticate = async (held: Held, key: string) => {
    const { __typename, booking } = await pay(held, { ...SECURE, key });
    expect(__typename).toBe('PaymentActionRequired');
    await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  };
  const outOfTime = async (held: Held) => runOutOfTime(world, await bookingOf(held));
  const abandoned = async (held: Held) => {
    await paying(SECURE)(held);
    await outOfTime(held);
  };
  const dashboard = stripeOf(world).paymentIntents;
  const bookedIntent = async (held: Held) => intentOf(world, await bookingOf(held));

  const buying: Pick<Scenario, 'call' | 'ends'> = { call: paying(), ends: ['confirmed'] };
  const givenBack: Pick<Scenario, 'prepare' | 'call'> = { prepare: payNow, call: cancelling };
  const expiring: Pick<Scenario, 'prepare' | 'call'> = { prepare: abandoned, call: paying(SECURE) };
  return [
    { ...buying, api: 'opened', worker: 'intent-created' },
    { ...buying, api: 'intent-created', worker: 'intent-stored' },
    { ...buying, api: 'intent-stored', worker: 'charged' },
    { ...buying, api: 'charged', worker: 'paid' },
    { ...buying, api: 'paid', worker: 'sold' },
    { ...buying, api: 'sold', worker: 'settled' },
    {
      ...buying,
      api: 'intent-stored',
      meanwhile: async (held) => dashboard.cancel(await bookedIntent(held)),
      worker: 'intent-replaced',
    },
    {
      call: paying(SECURE),
      api: 'charged',
      meanwhile: (held) => authenticate(held, KEY),
      worker: 'paid',
      ends: ['confirmed'],
    },
    { call: paying(SECURE), api: 'charged', meanwhile: outOfTime, worker: 'declining', ends: ['declined'] },
    {
      call: paying(DECLINED),
      api: 'settled',
      // the buyer goes on past the server: only the webhook tells
      meanwhile: async (held) => {
        await world.stripe.setWebhooks({ mode: 'deliver' });
        await dashboard.confirm(await bookedIntent(held), { payment_method: 'pm_card_visa' });
      },
      worker: 'late-payment-found',
      ends: ['confirmed'],
    },
    { ...expiring, api: 'declining', worker: 'intent-cancelled', ends: ['declined'] },
    { ...expiring, api: 'intent-cancelled', worker: 'settled', ends: ['declined'] },
    {
      ...expiring,
      api: 'settled',
      meanwhile: (held) => authenticate(held, 'second'),
      worker: 'paid',
      ends: ['declined', 'confirmed'],
    },
    {
      ...givenBack,
      api: 'cancelling',
      meanwhile: buyFreed,
      worker: 'refund-made',
      ends: ['cancelled', 'confirmed'],
    },
    {
      ...givenBack,
      api: 'refund-made',
      meanwhile: buyFreed,
      worker: 'settled',
      ends: ['cancelled', 'confirmed'],
    },
    {
      ...givenBack,
      api: 'settled',
      meanwhile: async (held) => {
        await buyFreed(held);
        await callOff(held);
      },
      worker: 'refund-made',
      ends: ['cancelled', 'cancelled'],
    },
    { ...buying, api: 'charged', meanwhile: callOff, worker: 'refund-made', ends: ['refunded'] },
    ...(['settled', 'refund-made', 'cancelling'] as const).map((worker): Scenario => ({
      ...buying,
      api: 'settled',
      meanwhile: callOff,
      worker,
      ends: ['cancelled'],
    })),
  ];
}
