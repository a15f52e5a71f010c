import {
  findReservation,
  holdForPayment,
  isEventCancelled,
  reservationNotFound,
  reservationOfCancelledEvent,
  reservationOver,
} from '../../booking/index.ts';
import { remember, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { sameMoney, type Money } from '../../platform/money.ts';
import {
  amountMismatch,
  bookingUnderWay,
  paymentMethodInvalid,
  tooManyPaymentAttempts,
} from '../outcomes.ts';
import { countAttempts, findLatestAttempt } from '../store/attempts.ts';
import { moveBooking } from '../store/booking-transitions.ts';
import {
  findLiveBooking,
  insertBooking,
  type BookingKey,
  type BookingRow,
  type NewBooking,
} from '../store/bookings.ts';
import {
  FIRST_RECOVERY_SECONDS,
  holdExtension,
  PAYMENT_HOLD_SECONDS,
  paymentTimeoutSeconds,
} from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { NO_BUYER_ACTION, PAYMENT_SUPERSEDED } from './failures.ts';
import { scheduleClosing, scheduleRecovery } from './schedule-recovery.ts';

export interface CheckoutRequest {
  eventId: string;
  reservationId: string;
  viewerId: string;
  amount: Money;
  paymentMethod: string | null;
  returnUrl: string | null;
}

/** An opened checkout. */
interface OpenedCheckout {
  key: BookingKey;
  /** Its intent waits for the buyer, with the card of the attempt whose place it takes. */
  superseding: boolean;
}

export type CheckoutRefusal = ReturnType<
  | typeof amountMismatch
  | typeof bookingUnderWay
  | typeof paymentMethodInvalid
  | typeof reservationNotFound
  | typeof reservationOver
  | typeof tooManyPaymentAttempts
>;

/**
 * Open a checkout: extend the hold, insert the Booking, store the idempotency key and schedule the recovery job, in one
 * transaction. After a crash at any later point, the job advances the Booking.
 */
export function openCheckout(
  { platform, maxAttempts }: Pick<Checkouts, 'platform' | 'maxAttempts'>,
  request: CheckoutRequest,
  call: IdempotentCall,
): Promise<OpenedCheckout | CheckoutRefusal> {
  const { eventId, reservationId, viewerId, paymentMethod, returnUrl } = request;
  return inTransaction(platform, 'payments.openCheckout', async (tx, abort) => {
    const current = await findReservation(tx, eventId, reservationId);
    if (current === null || current.viewerId !== viewerId) return abort(reservationNotFound());
    if (current.status === 'HELD' && (await isEventCancelled(tx, eventId)))
      return abort(reservationOfCancelledEvent(current));
    const seconds = holdExtension(current, PAYMENT_HOLD_SECONDS);
    const reservation = await holdForPayment(tx, { eventId, id: reservationId, viewerId, seconds });
    if (reservation === null) {
      return abort(reservationOver((await findReservation(tx, eventId, reservationId)) ?? current));
    }

    // The Reservation is locked: no other checkout for it can open or end before the commit.
    const other = await findLiveBooking(tx, { eventId, id: reservationId });
    const price = { amount: reservation.amount, currency: reservation.currency };
    const superseded = other !== null && isSupersedable(other, price) ? other : null;
    if (other !== null && superseded === null) return abort(bookingUnderWay(other));

    if (!sameMoney(price, request.amount)) return abort(amountMismatch(price, request.amount));
    if (price.amount > 0 && paymentMethod === null) return abort(paymentMethodInvalid());

    const { made, counted } = await countAttempts(tx, { eventId, id: reservationId });
    if (price.amount > 0 && counted >= maxAttempts) {
      return abort(tooManyPaymentAttempts({ limit: 'RESERVATION', maxAttempts, retryAfterSeconds: null }));
    }
    if (superseded !== null && !(await supersede(tx, superseded, reservation.secondsLeft)))
      return abort(bookingUnderWay(superseded));
    const latest = made === 0 ? null : await findLatestAttempt(tx, { eventId, id: reservationId });
    const key = { eventId, id: newId() };
    await insertBooking(
      tx,
      {
        ...key,
        ...price,
        attempt: made + 1,
        ...openIntentOf(latest, price),
        reservationId,
        viewerId,
        paymentMethod: price.amount > 0 ? paymentMethod : null,
        returnUrl,
      },
      paymentTimeoutSeconds(reservation.secondsLeft),
    );
    const stored = await remember(tx, call, key);
    // A concurrent call with the same key committed first; the caller recalls its outcome.
    if (!stored) return abort(reservationOver(reservation));
    await scheduleRecovery(tx, { ...key, step: 'opened' }, FIRST_RECOVERY_SECONDS);
    return { key, superseding: superseded !== null };
  });
}

/** The intent that the last attempt left open: the new attempt begins by confirming it. One of another price is not used. */
function openIntentOf(latest: BookingRow | null, price: Money): Partial<NewBooking> {
  if (latest?.step !== 'declined' || latest.intentId === null || !latest.sharedIntent) return {};
  if (!sameMoney(latest, price)) return {};
  const { intentId, latestChargeId } = latest;
  return { step: 'charging', intentId, latestChargeId, sharedIntent: true };
}

/**
 * Whether the viewer may go on without an attempt: it waits for them at their bank, on an intent that takes another card. One that
 * the bank is processing, or whose request is under way, may succeed at any moment, and nothing stops it.
 */
const isSupersedable = (booking: BookingRow, price: Money): boolean =>
  booking.step === 'awaiting_payment' &&
  booking.clientSecret !== null &&
  booking.sharedIntent === true &&
  sameMoney(booking, price);

/** Give an attempt up for another one. Its intent goes over to that; should the bank be faster, that is paid. `false`: it has just ended. */
async function supersede(tx: Tx, attempt: BookingRow, secondsLeft: number): Promise<boolean> {
  const change = { ...PAYMENT_SUPERSEDED, ...NO_BUYER_ACTION };
  const ended = await moveBooking(tx, attempt, 'awaiting_payment', 'declined', change);
  if (ended !== null)
    await scheduleClosing(tx, { eventId: attempt.eventId, id: attempt.reservationId }, secondsLeft);
  return ended !== null;
}
