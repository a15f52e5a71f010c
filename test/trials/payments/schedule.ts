import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';

import { TERMINAL_STEPS } from '../../../src/payments/checkout-steps.ts';
import type { CrashPoint } from '../../../src/payments/index.ts';
import { encodeEventScopedId } from '../../../src/platform/ids.ts';
import { cancelEvent } from '../../support/cancel-event.ts';
import {
  giveBack,
  intentOf,
  payment,
  stripeOf,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { randomNumbers } from '../../support/race.ts';
import { ORGANISER } from '../../support/seed.ts';

const CRASH_POINTS: readonly CrashPoint[] = [
  ...(['opened', 'intent-created', 'intent-stored', 'charged', 'paid', 'sold', 'declining'] as const),
  ...(['intent-cancelled', 'cancelling', 'refund-made', 'late-payment-found', 'settled'] as const),
];

const CARDS = [
  ...['pm_card_visa', 'pm_card_visa', 'pm_card_visa_chargeDeclined', 'pm_card_authenticationRequired'],
  ...['pm_card_pendingRefund', 'pm_card_threeDSecureRequiredChargeDeclined'],
];

/** Endpoints that a checkout or a refund calls. */
const PATHS = [
  ...['/v1/payment_intents', '/v1/payment_intents/:id', '/v1/payment_intents/:id/confirm'],
  ...['/v1/payment_intents/:id/cancel', '/v1/refunds', '*'],
];

/** Kinds of what goes wrong at Stripe. */
const FAULTS = [
  { when: 'before', kind: 'error', status: 500, stored: true },
  { when: 'before', kind: 'error', status: 500 },
  { when: 'before', kind: 'error', status: 429 },
  { when: 'before', kind: 'drop' },
  { when: 'after', kind: 'drop' },
  { when: 'after', kind: 'error', status: 503 },
  { when: 'after', kind: 'delay', delayMs: 1_500 },
] as const;

/** What a schedule did, for the message of a failure. */
export type Story = string[];

/**
 * One purchase that a seed decides: webhooks that are dropped, held or doubled, faults of Stripe, a crash, a buyer who retries,
 * authenticates or leaves, a refund by hand, a dispute, a Booking or an Event that is cancelled. Returns what it did.
 */
export async function runSchedule(world: CheckoutWorld, seed: number): Promise<Story> {
  const below = randomNumbers(seed);
  const story: Story = [];
  const oneOf = <T>(choices: readonly T[]): T => choices[below(choices.length)]!;
  const often = () => below(2) === 0;
  const rarely = () => below(5) === 0;

  const held = await world.held();
  const mode = oneOf(['deliver', 'drop', 'hold'] as const);
  const copies = 1 + below(2);
  await world.stripe.setWebhooks({ mode, copies });
  story.push(`webhooks ${mode} ×${copies}`);
  for (let faults = below(3); faults > 0; faults--) {
    const fault = { path: oneOf(PATHS), times: 1 + below(3), ...oneOf(FAULTS) };
    await world.stripe.addFault(fault);
    story.push(`fault ${JSON.stringify(fault)}`);
  }
  const crash = () => {
    if (!often()) return;
    const point = oneOf(CRASH_POINTS);
    world.crashAt(point);
    story.push(`crash at ${point}`);
  };

  crash();
  const how = payment(held, { paymentMethod: oneOf(CARDS) });
  for (let calls = 1 + below(3); calls > 0; calls--) {
    story.push(`pay with ${how.payment.paymentMethod}: ${await payOnce(held, how)}`);
  }
  const booking = await newestBooking(world, held);
  if (booking !== null && booking.step === 'awaiting_payment' && often()) {
    const outcome = oneOf(['complete', 'fail'] as const);
    await world.stripe.authenticate(await intentOf(world, booking), outcome).catch(() => null);
    story.push(`3-D Secure: ${outcome}`);
  }
  crash();
  // of what happens past the server only its webhooks tell, or else the daily comparison
  const isTold = booking?.step === 'confirmed' && mode !== 'drop';
  if (isTold && rarely()) {
    story.push(await refundByHand(world, booking));
    story.push(await cancelBooking(held, booking, 5)); // what is kept of a Booking in part has no value to compare with
  } else {
    if (isTold && often()) {
      const dispute = await openDispute(world, booking, often());
      story.push(`disputed: ${dispute.status}`);
      if (often()) story.push(await decideDispute(world, dispute, below));
    }
    if (booking !== null && rarely()) story.push(await cancelBooking(held, booking, 1));
  }
  crash();
  if (rarely()) {
    const organiser = await world.as(ORGANISER, 'ORGANISER');
    const answer = await cancelEvent(organiser, held.event.event).catch(() => null);
    story.push(`Event cancelled: ${answer?.__typename ?? 'no answer'}`);
  }
  return story;
}

/** Type of the answer, or the code of the error. */
async function payOnce({ client }: Held, input: object): Promise<string> {
  const { data, errors } = await client.send(
    'mutation ($input: ConfirmBookingInput!) { answer: confirmBooking(input: $input) { __typename } }',
    { input },
  );
  return data?.['answer']?.__typename ?? String(errors[0]?.extensions['code']);
}

/** The buyer cancels, until that is answered or so often. */
async function cancelBooking(held: Held, booking: { id: string }, times: number): Promise<string> {
  const answer = await giveBack(held, booking).catch(() => null);
  if (answer === null && times > 1) return cancelBooking(held, booking, times - 1);
  return `cancelled by its buyer: ${answer?.__typename ?? 'no answer'}`;
}

/** A refund of a part in the dashboard; Stripe may refuse it, as for a payment that is refunded already. */
async function refundByHand(world: CheckoutWorld, booking: { id: string }): Promise<string> {
  const refunds = stripeOf(world).refunds;
  return refunds.create({ payment_intent: await intentOf(world, booking), amount: 100 }).then(
    () => '100 refunded by hand',
    (error: Error) => `no refund by hand: ${error.message}`,
  );
}

/** The bank disputes all of a payment, or only inquires, which withdraws nothing. */
async function openDispute(world: CheckoutWorld, booking: { id: string }, inquiry: boolean) {
  return world.stripe.dispute(await intentOf(world, booking), { inquiry });
}

/** The bank decides for the shop or for the buyer; an inquiry is closed. */
async function decideDispute(
  world: CheckoutWorld,
  { id }: { id: string },
  below: (limit: number) => number,
): Promise<string> {
  const { status } = await world.stripe.settleDispute(id, (['won', 'lost'] as const)[below(2)]!);
  return `decided: ${status}`;
}

/** The newest attempt, with its global id; null: none was opened. */
async function newestBooking(world: CheckoutWorld, { event }: Held) {
  const { rows } = await world.platform.db.execute<{ id: string; step: string }>(sql`
    select id, step from bookings where event_id = ${event.id} order by attempt desc limit 1`);
  const [newest] = rows;
  return newest === undefined ? null : { ...newest, id: encodeEventScopedId('Booking', event.id, newest.id) };
}

const isOpen = ({ status }: { status: string }): boolean => status.endsWith('needs_response');

const TURNS = 120;
const TURN_MS = 100;

/**
 * End the faults, decide the disputes, deliver what is held in any order, and let jobs and deadlines do the rest. Returns what is
 * wrong at the end.
 */
export async function settle(world: CheckoutWorld, seed: number, turns = TURNS): Promise<string[]> {
  const { db } = world.platform;
  const below = randomNumbers(seed);
  world.crashAt('alarm-raised'); // which no schedule comes by: nothing crashes any more
  await world.stripe.clearFaults();
  await world.stripe.setWebhooks({ mode: 'deliver', copies: 1 });
  const { disputes } = await world.stripe.payments();
  for (const dispute of disputes.filter(isOpen)) await decideDispute(world, dispute, below);
  const { held } = await world.stripe.webhooks();
  const inAnyOrder = held
    .map(({ id }) => ({ id, order: below(1_000_000) }))
    .toSorted((a, b) => a.order - b.order);
  await world.stripe.releaseWebhooks(inAnyOrder.map(({ id }) => id));
  let found: string[] = [];
  for (let turn = 0; turn < turns; turn++) {
    await db.execute(
      sql`update bookings set pay_until = now() - interval '1 second' where step = 'awaiting_payment'`,
    );
    await world.hurryJobs();
    const { rows } = await db.execute<{ id: string; step: string }>(sql`
      select id, step from bookings where step not in (${sql.join(
        TERMINAL_STEPS.map((step) => sql`${step}`),
        sql`, `,
      )})`);
    found = [...rows.map(({ id, step }) => `${id} is ${step}`), ...(await world.findings())];
    if (found.length === 0) return [];
    await pause(TURN_MS);
  }
  return found;
}
