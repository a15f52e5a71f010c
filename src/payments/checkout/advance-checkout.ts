import { inTransaction } from '../../platform/db/transaction.ts';
import { Unreachable } from '../../platform/errors.ts';
import { isTerminal } from '../checkout-steps.ts';
import { findBooking, type BookingKey, type BookingRow, type CurrentBooking } from '../store/bookings.ts';
import { nextRetrySeconds } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { scheduleRecovery } from './schedule-recovery.ts';
import { cancelPayment, confirmOrRefund, refundPayment } from './settle-payment.ts';
import { chargeCard, createIntent, pollPayment, type Progress } from './take-payment.ts';

/**
 * Take a checkout as far as it goes right now, and return where it stands.
 *
 * The mutation, the webhooks and the recovery job all come in here, as often as they like and at the same time: every
 * move names the step it expects, every call to Stripe can be made again, and no transaction is open during one.
 */
export async function advanceCheckout(checkouts: Checkouts, key: BookingKey): Promise<BookingRow> {
  for (;;) {
    const current = await readCurrent(checkouts, key);
    if (isTerminal(current.booking.step)) return current.booking;
    if ((await takeStep(checkouts, current)) === 'waits') return (await readCurrent(checkouts, key)).booking;
  }
}

function takeStep(checkouts: Checkouts, current: CurrentBooking): Promise<Progress> {
  const { booking } = current;
  switch (booking.step) {
    case 'opened':
      return createIntent(checkouts, current);
    case 'charging':
      return chargeCard(checkouts, current);
    case 'awaiting_payment':
      return pollPayment(checkouts, current);
    case 'paid':
      return confirmOrRefund(checkouts, booking);
    case 'declining':
      return cancelPayment(checkouts, booking);
    case 'refunding':
    case 'cancelling':
      return refundPayment(checkouts, booking);
    case 'confirmed':
    case 'declined':
    case 'refunded':
    case 'cancelled':
      return Promise.resolve('waits');
    default:
      throw new Unreachable(booking.step);
  }
}

/** The recovery job: take a checkout as far as it goes, and look again later unless it has come to rest. */
export async function recoverCheckout(checkouts: Checkouts, key: BookingKey): Promise<void> {
  const booking = await advanceCheckout(checkouts, key);
  if (isTerminal(booking.step)) return;
  const ageSeconds = (Date.now() - booking.createdAt.getTime()) / 1_000;
  await inTransaction(checkouts.platform, 'payments.lookAgain', (tx) =>
    scheduleRecovery(tx, key, nextRetrySeconds(ageSeconds)),
  );
}

async function readCurrent(checkouts: Checkouts, key: BookingKey): Promise<CurrentBooking> {
  const current = await findBooking(checkouts.platform.db, key);
  if (current === null) throw new Error(`there is no booking ${key.id}`);
  return current;
}
