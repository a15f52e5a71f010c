import { findReservation, reservationNotFound, reservationOver } from '../../booking/index.ts';
import type { ConfirmBookingInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { idempotentCall, recall } from '../../platform/db/idempotency.ts';
import { Unreachable } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import {
  countOutcome,
  idempotencyKeyReused,
  invalidInput,
  validateIdempotencyKey,
} from '../../platform/outcomes.ts';
import type { PaymentAttempt } from '../../platform/rate-limit/payment-attempts.ts';
import type { StripeWrites } from '../../platform/rate-limit/stripe-writes.ts';
import { isTerminal } from '../checkout-steps.ts';
import {
  bookingConfirmed,
  bookingRefunded,
  paymentActionRequired,
  paymentDeclined,
  paymentMethodInvalid,
  paymentPending,
  paymentProviderBusy,
  paymentUnavailable,
  tooManyPaymentAttempts,
  type ConfirmBookingOutcome,
} from '../outcomes.ts';
import { returnUrlProblems } from '../return-url.ts';
import { findBooking, type BookingKey, type BookingRow } from '../store/bookings.ts';
import { advanceCheckout } from './advance-checkout.ts';
import type { Checkouts } from './checkout-deps.ts';
import { PAYMENT_UNAVAILABLE } from './failures.ts';
import { openCheckout } from './open-checkout.ts';

/**
 * Pay for a Reservation and sell its tickets.
 *
 * The Booking is inserted before the first request to Stripe, so that the recovery job advances it after any crash: every
 * charge ends as a confirmed Booking or as a refund. A retry under the same key advances the same Booking.
 */
export async function confirmBooking(
  checkouts: Checkouts,
  buyer: Buyer,
  input: ConfirmBookingInput,
): Promise<ConfirmBookingOutcome> {
  return countOutcome(checkouts.platform, 'confirmBooking', await confirm(checkouts, buyer, input));
}

/** The viewer who pays, and their address. */
export interface Buyer {
  viewer: Viewer;
  address: string;
}

async function confirm(
  checkouts: Checkouts,
  { viewer, address }: Buyer,
  { idempotencyKey, ...details }: ConfirmBookingInput,
): Promise<ConfirmBookingOutcome> {
  const problems = [
    ...validateIdempotencyKey(idempotencyKey),
    ...returnUrlProblems(details.payment.returnUrl),
  ];
  if (problems.length > 0) return invalidInput(problems);
  const reservation = decodeIdOf('Reservation', details.reservation);
  if (reservation === null) return reservationNotFound();
  const { amount, paymentMethod = null, returnUrl = null } = details.payment;
  if (paymentMethod !== null && !/^pm_\w{1,250}$/.test(paymentMethod)) return paymentMethodInvalid();

  const { db } = checkouts.platform;
  const { eventId } = reservation;
  const call = idempotentCall(
    { eventId, viewerId: viewer.id, key: idempotencyKey },
    'confirmBooking',
    details,
  );
  const earlier = await recall(db, call);
  if (earlier === 'reused') return idempotencyKeyReused(idempotencyKey);
  if (earlier !== null) return advanceAgain(checkouts, earlier.answer);

  const request = {
    eventId,
    reservationId: reservation.id,
    viewerId: viewer.id,
    amount,
    paymentMethod,
    returnUrl,
  };
  const attempt = amount.amount === 0 ? UNCOUNTED : await checkouts.countAttempt(viewer.id, address);
  if (attempt.refusedBy !== null) return tooManyPaymentAttempts(attempt.refusedBy);
  const writes = amount.amount === 0 ? NO_WRITES : await takeWrites(checkouts);
  if (writes.retryAfterSeconds !== null) {
    await attempt.giveBack();
    return paymentProviderBusy(writes.retryAfterSeconds);
  }
  const opened = await openCheckout(checkouts, request, call);
  if (!('__typename' in opened)) {
    await checkouts.atCrashPoint('opened', opened.key.id);
    const booking = await advanceCheckout(
      checkouts,
      opened.key,
      opened.superseding ? 'superseding' : 'advanced',
    );
    if (booking.step === 'declined' && booking.failureCode === PAYMENT_UNAVAILABLE.failureCode)
      await attempt.giveBack();
    return outcomeOf(checkouts, booking);
  }
  await Promise.all([attempt.giveBack(), writes.giveBack()]);
  // The refusal may be caused by a concurrent call with the same key.
  const concurrent = await recall(db, call);
  if (concurrent === null) return opened;
  if (concurrent === 'reused') return idempotencyKeyReused(idempotencyKey);
  return advanceAgain(checkouts, concurrent.answer);
}

/**
 * Permit the writes of an attempt, or refuse it: before its checkout is opened, so that there is no Booking, the hold is unchanged, and
 * the idempotency key unused.
 */
async function takeWrites({ breaker, writes }: Checkouts): ReturnType<StripeWrites['takeForBuyer']> {
  return breaker.mayTry()
    ? writes.takeForBuyer(WRITES_PER_ATTEMPT)
    : { ...NO_WRITES, retryAfterSeconds: BREAKER_RETRY_SECONDS };
}

/** Those of an attempt that charges nothing. */
const NO_WRITES = { retryAfterSeconds: null, giveBack: async () => {} };

/** Creating the intent and confirming it, or setting its card and confirming it. */
const WRITES_PER_ATTEMPT = 2;
/** The breaker lets a request through each second. */
const BREAKER_RETRY_SECONDS = 2;

/** A retry with the same key. Where Stripe takes no more writes, it is answered with the Booking as it is. */
async function advanceAgain(checkouts: Checkouts, key: BookingKey): Promise<ConfirmBookingOutcome> {
  const found = (await findBooking(checkouts.platform.db, key))?.booking;
  if (found === undefined) throw new Error(`booking ${key.id} not found`);
  const mayAdvance =
    !isTerminal(found.step) && (await checkouts.writes.takeForBuyer(1)).retryAfterSeconds === null;
  return outcomeOf(checkouts, mayAdvance ? await advanceCheckout(checkouts, key) : found);
}

/** An attempt that charges nothing. */
const UNCOUNTED: PaymentAttempt = { refusedBy: null, giveBack: async () => {} };

/** Map the step of a checkout to the outcome of the mutation. */
async function outcomeOf(checkouts: Checkouts, booking: BookingRow): Promise<ConfirmBookingOutcome> {
  switch (booking.step) {
    case 'confirmed':
      return bookingConfirmed(booking);
    case 'refunding':
    case 'refunded':
      return bookingRefunded(booking);
    case 'awaiting_payment':
      return booking.clientSecret === null
        ? paymentPending(booking)
        : paymentActionRequired(booking, booking.clientSecret);
    case 'opened':
    case 'charging':
    case 'paid':
    case 'declining':
      return paymentPending(booking);
    case 'declined': {
      const reservation = await reservationOf(checkouts, booking);
      if (booking.failureCode === 'payment_method_invalid') return paymentMethodInvalid();
      if (booking.failureCode === 'payment_unavailable') return paymentUnavailable(reservation);
      return paymentDeclined(booking, reservation);
    }
    case 'cancelling':
    case 'cancelled':
      return reservationOver(await reservationOf(checkouts, booking)); // a retry after the Booking was cancelled
    default:
      throw new Unreachable(booking.step);
  }
}

async function reservationOf({ platform }: Checkouts, { eventId, reservationId }: BookingRow) {
  const reservation = await findReservation(platform.db, eventId, reservationId);
  if (reservation === null) throw new Error(`reservation ${reservationId} not found`);
  return reservation;
}
