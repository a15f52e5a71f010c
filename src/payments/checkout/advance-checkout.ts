import { inTransaction } from '../../platform/db/transaction.ts';
import { Unreachable } from '../../platform/errors.ts';
import { CHECKOUT_STEPS, isTerminal } from '../checkout-steps.ts';
import { findBooking, type BookingKey, type BookingRow, type CurrentBooking } from '../store/bookings.ts';
import { nextRetrySeconds } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import type { Progress } from './progress.ts';
import { scheduleRecovery } from './schedule-recovery.ts';
import { cancelPayment, confirmOrRefund, refundPayment } from './settle-payment.ts';
import { chargeCard, createIntent, pollPayment } from './take-payment.ts';

/** A checkout has at most six transitions; a lost race costs one more turn each. */
const MAX_STEPS = 4 * CHECKOUT_STEPS.length;

/**
 * Advance a checkout until it is terminal or waits for Stripe, and return its row.
 *
 * The mutation, the webhooks and the recovery job call this concurrently: each transition names the step it expects, each
 * request to Stripe is idempotent, and no transaction is open during one.
 */
export async function advanceCheckout(
  checkouts: Checkouts,
  key: BookingKey,
  before: Progress = 'advanced',
): Promise<BookingRow> {
  let progress = before;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const current = await readCurrent(checkouts, key);
    if (isTerminal(current.booking.step)) return current.booking;
    progress = await takeStep(checkouts, current, progress);
    if (progress === 'waiting') return (await readCurrent(checkouts, key)).booking;
  }
  checkouts.platform.log.warn({ bookingId: key.id, steps: MAX_STEPS }, 'checkout does not advance');
  return (await readCurrent(checkouts, key)).booking; // pending: the recovery job continues
}

function takeStep(checkouts: Checkouts, current: CurrentBooking, before: Progress): Promise<Progress> {
  const { booking } = current;
  switch (booking.step) {
    case 'opened':
      return createIntent(checkouts, current);
    case 'charging':
      return chargeCard(checkouts, current, before === 'superseding');
    case 'awaiting_payment':
      return pollPayment(checkouts, current);
    case 'paid':
      return confirmOrRefund(checkouts, booking, 'paid', before === 'charged');
    case 'declining':
      return cancelPayment(checkouts, booking);
    case 'refunding':
    case 'cancelling':
      return refundPayment(checkouts, booking);
    case 'confirmed':
    case 'declined':
    case 'refunded':
    case 'cancelled':
      return Promise.resolve('waiting');
    default:
      throw new Unreachable(booking.step);
  }
}

/** Run the recovery job: advance a checkout, and schedule the next run unless it is terminal. */
export async function recoverCheckout(checkouts: Checkouts, key: BookingKey): Promise<void> {
  const booking = await advanceCheckout(checkouts, key);
  if (isTerminal(booking.step)) return;
  await inTransaction(checkouts.platform, 'payments.lookAgain', (tx) =>
    scheduleRecovery(tx, booking, nextRetrySeconds(booking)),
  );
}

async function readCurrent(checkouts: Checkouts, key: BookingKey): Promise<CurrentBooking> {
  const current = await findBooking(checkouts.platform.db, key);
  if (current === null) throw new Error(`booking ${key.id} not found`);
  return current;
}
