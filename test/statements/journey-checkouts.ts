import { sql } from 'drizzle-orm';

import { resumeRefunds } from '../../src/payments/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { cancelEvent, cancellationOf } from '../support/cancel-event.ts';
import {
  BOOKING,
  bookingOf,
  giveBack,
  intentOf,
  pay,
  stripeOf,
  until,
  untilBooking,
  type Held,
} from '../support/checkout-world.ts';
import { keyOf, reserved, runOut } from '../support/holds.ts';
import { refundAmount, refundsOf, refundTickets } from '../support/organiser-refunds.ts';
import { ORGANISER } from '../support/seed.ts';
import { expectAnswer, fan } from './journey-buyers.ts';
import type { JourneyWorld } from './journey-world.ts';

/** Pay, fail to pay, pay too late, and get the money back, with the webhooks and jobs that follow. */
export async function checkoutsJourney(world: JourneyWorld): Promise<void> {
  await cancelABooking(world);
  await dispute(world);
  await refundInPart(world);
  await declineCards(world);
  await changeCards(world);
  await payLate(world);
  await cancelAnEvent(world);
}

async function cancelABooking(world: JourneyWorld): Promise<void> {
  const held = await world.held();
  const key = fan();
  const how = { key, paymentMethod: 'pm_card_pendingRefund' };
  const { booking } = await expectAnswer(pay(held, how), 'BookingConfirmed');
  await expectAnswer(pay(held, how), 'BookingConfirmed'); // recalled by its key
  const page = (args: string) =>
    held.client.ask(
      `{ viewer { bookings(${args}) { nodes { ${BOOKING} } pageInfo { endCursor } } } node(id: "${booking.id}") { id } }`,
    );
  const { endCursor } = (await page('first: 1')).viewer.bookings.pageInfo;
  await page(`first: 1, after: "${endCursor}"`);
  await page(`event: "${held.event.event}", status: [CONFIRMED]`);
  const intent = await intentOf(world, booking);
  await stripeOf(world).refunds.create({ payment_intent: intent, amount: 100 });
  await until(async () => {
    const { rows } = await world.platform.db.execute(
      sql`select from bookings where intent_id = ${intent} and foreign_refunds is not null`,
    );
    if (rows.length === 0) throw new Error('the refund in the dashboard is not recorded yet');
  });
  await expectAnswer(giveBack(held, booking), 'BookingCancelled');
  const { refunds } = await world.stripe.payments();
  const refund = refunds.find(({ payment_intent, amount }) => payment_intent === intent && amount !== 100);
  await world.stripe.settleRefund(refund!.id, 'succeeded');
  await until(async () => {
    const { rows } = await world.platform.db.execute(
      sql`select from bookings where intent_id = ${intent} and refund_status = 'succeeded'`,
    );
    if (rows.length === 0) throw new Error('the refund is still pending');
  });
}

/** Stripe repeats it for the key. */
const STORED = { status: 400, code: 'charge_disputed', stored: true };

/** An organiser gives an amount back, then one of the tickets, and a job of it is lost. */
async function refundInPart(world: JourneyWorld): Promise<void> {
  const held = await world.held();
  const { booking } = await expectAnswer(pay(held), 'BookingConfirmed');
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  await world.stripe.addFault({ path: '/v1/refunds', method: 'POST', kind: 'error', ...STORED, times: 1 });
  await expectAnswer(refundAmount(organiser, booking, { amount: 100 }), 'RefundAccepted');
  await until(async () => {
    await world.hurryJobs();
    if ((await refundsOf(held, booking)).length < 1) throw new Error('not refunded yet');
  });
  const { tickets } = await bookingOf(held);
  await expectAnswer(refundTickets(organiser, booking, { tickets: [tickets[0].id] }), 'RefundAccepted');
  await until(async () => {
    if ((await refundsOf(held, booking)).length < 2) throw new Error('the ticket is not refunded yet');
  });
  await resumeRefunds({ platform: world.platform }, { idleSeconds: 0 });
}

/** An Event is cancelled, and its Booking refunded. */
async function cancelAnEvent(world: JourneyWorld): Promise<void> {
  const held = await world.held();
  await expectAnswer(pay(held), 'BookingConfirmed');
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  await expectAnswer(cancelEvent(organiser, held.event.event), 'EventCancelled');
  await untilBooking(held, 'CANCELLED');
  await world.platform.db.execute(sql`
    update event_cancellations set cancelled_at = now() - interval '3 minutes' where event_id = ${held.event.id}`);
  await until(async () => {
    await world.hurryJobs();
    const { settledAt } = await cancellationOf(organiser, held.event.event);
    if (settledAt === null) throw new Error('not settled yet');
  });
}

/** A payment is disputed; its buyer sees that, and the payment past any Booking is booked with its refund. */
async function dispute(world: JourneyWorld): Promise<void> {
  const held = await world.held();
  const { booking } = await expectAnswer(pay(held), 'BookingConfirmed');
  const intent = await intentOf(world, booking);
  await world.stripe.dispute(intent, { inquiry: true });
  const stray = await stripeOf(world).paymentIntents.create({
    amount: 700,
    currency: 'eur',
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
    confirm: true,
    metadata: { ...(await metadataOf(world, intent)), reservationId: newId() },
  });
  await until(async () => {
    const recorded = sql`select from disputes where intent_id = ${intent}
      union all select from refunds where intent_id = ${stray.id}`;
    if ((await world.platform.db.execute(recorded)).rows.length < 2) throw new Error('not recorded yet');
  });
  const fields = 'refunds { status amount { amount } } disputes { status }';
  await held.client.ask(`{ node(id: "${booking.id}") { ... on Booking { ${fields} } } }`);
}

async function metadataOf(world: JourneyWorld, intent: string): Promise<Record<string, string>> {
  return (await stripeOf(world).paymentIntents.retrieve(intent)).metadata;
}

async function declineCards(world: JourneyWorld): Promise<void> {
  const declinedHold = async () => {
    const held = await world.held();
    const paying = pay(held, { paymentMethod: 'pm_card_visa_chargeDeclined' });
    const { booking } = await expectAnswer(paying, 'PaymentDeclined');
    return { held, intent: await intentOf(world, booking) };
  };
  const stripe = stripeOf(world);
  const again = await declinedHold();
  await expectAnswer(pay(again.held), 'BookingConfirmed');

  const cancelled = await declinedHold();
  await stripe.paymentIntents.cancel(cancelled.intent);
  await expectAnswer(pay(cancelled.held), 'BookingConfirmed');

  const pastTheServer = await declinedHold();
  await stripe.paymentIntents.confirm(pastTheServer.intent, { payment_method: 'pm_card_visa' });
  await untilBooking(pastTheServer.held, 'CONFIRMED');

  const stray = await declinedHold(); // paid while a second attempt, of another price, has another intent
  const { id } = keyOf(stray.held.reservation);
  const setPrice = (amount: number) =>
    world.platform.db.execute(
      sql`update reservations set amount_minor = ${amount}, amount = null where id = ${id}`,
    );
  const { amount, currency } = stray.held.reservation.total;
  await setPrice(amount + 100);
  const dearer = {
    amount: { amount: amount + 100, currency },
    paymentMethod: 'pm_card_authenticationRequired',
  };
  await expectAnswer(pay(stray.held, dearer), 'PaymentActionRequired');
  await setPrice(amount);
  await world.stripe.addFault({
    path: '/v1/refunds',
    method: 'POST',
    kind: 'error',
    status: 503,
    times: 1_000,
  });
  await stripe.paymentIntents.confirm(stray.intent, { payment_method: 'pm_card_visa' });
  await until(async () => {
    const failed = sql`select from graphile_worker.jobs where last_error like ${`%${stray.intent}%`}`;
    if ((await world.platform.db.execute(failed)).rows.length === 0)
      throw new Error('no refund has failed yet');
  });
  await world.stripe.clearFaults();
  await until(async () => {
    await world.hurryJobs();
    const refunded = sql`select from bookings where intent_id = ${stray.intent} and refund_id is not null`;
    if ((await world.platform.db.execute(refunded)).rows.length === 0) throw new Error('not refunded yet');
  });

  const givenUp = await declinedHold();
  await runOut(world.platform.db, givenUp.held.reservation);
  await until(async () => {
    await world.hurryJobs();
    const open = sql`select from bookings where intent_id = ${givenUp.intent} and shared_intent`;
    if ((await world.platform.db.execute(open)).rows.length > 0) throw new Error('the intent is open');
  });
}

async function changeCards(world: JourneyWorld): Promise<void> {
  const { held } = await authenticating(world);
  await expectAnswer(pay(held), 'BookingConfirmed'); // in the place of the one that waits for the bank

  const slow = await world.held();
  const { booking } = await expectAnswer(
    pay(slow, { paymentMethod: 'pm_emulator_processing' }),
    'PaymentPending',
  );
  const intent = await intentOf(world, booking);
  await world.stripe.settlePayment(intent, 'requires_action');
  await until(async () => {
    const asked = sql`select from bookings where intent_id = ${intent} and client_secret is not null`;
    if ((await world.platform.db.execute(asked)).rows.length === 0)
      throw new Error('the buyer is not asked yet');
  });
  await expectAnswer(pay(slow), 'BookingConfirmed');
}

async function payLate(world: JourneyWorld): Promise<void> {
  const inTime = await authenticating(world);
  await world.stripe.authenticate(inTime.intent, 'complete');
  await untilBooking(inTime.held, 'CONFIRMED');

  const stillFree = await authenticating(world);
  await runOut(world.platform.db, stillFree.held.reservation);
  await world.stripe.authenticate(stillFree.intent, 'complete');
  await untilBooking(stillFree.held, 'CONFIRMED');

  const taken = await authenticating(world);
  await runOut(world.platform.db, taken.held.reservation);
  await reserved(await world.as(fan()), taken.held.event.event, { places: [0] });
  await world.stripe.authenticate(taken.intent, 'complete');
  await untilBooking(taken.held, 'REFUNDED');

  const failed = await authenticating(world);
  await runOut(world.platform.db, failed.held.reservation);
  await world.stripe.authenticate(failed.intent, 'fail');
  await until(async () => {
    await world.hurryJobs();
    if ((await bookingOf(failed.held))?.status === 'PENDING') throw new Error('not declined yet');
  });
}

/** A checkout that waits for the buyer's bank. */
async function authenticating(world: JourneyWorld): Promise<{ held: Held; intent: string }> {
  const held = await world.held();
  const { booking } = await expectAnswer(
    pay(held, { paymentMethod: 'pm_card_authenticationRequired' }),
    'PaymentActionRequired',
  );
  return { held, intent: await intentOf(world, booking) };
}
