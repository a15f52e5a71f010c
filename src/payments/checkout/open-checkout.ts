import {
  findReservation,
  holdForPayment,
  reservationNotFound,
  reservationOver,
} from '../../booking/index.ts';
import { remember, type IdempotentCall } from '../../platform/db/idempotency.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { sameMoney, type Money } from '../../platform/money.ts';
import { amountMismatch, bookingUnderWay, paymentMethodInvalid } from '../outcomes.ts';
import { findLiveBooking, insertBooking, type BookingKey } from '../store/bookings.ts';
import {
  FIRST_RECOVERY_SECONDS,
  holdExtension,
  PAYMENT_HOLD_SECONDS,
  paymentTimeoutSeconds,
} from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { scheduleRecovery } from './schedule-recovery.ts';

/** What a buyer wants to pay, and how. */
export interface CheckoutRequest {
  eventId: string;
  reservationId: string;
  viewerId: string;
  amount: Money;
  paymentMethod: string | null;
  returnUrl: string | null;
}

/** Why a checkout was not begun. */
export type CheckoutRefusal = ReturnType<
  | typeof amountMismatch
  | typeof bookingUnderWay
  | typeof paymentMethodInvalid
  | typeof reservationNotFound
  | typeof reservationOver
>;

/**
 * Begin to pay for a Reservation: lengthen its hold, write the Booking down, remember the call, and have a job look
 * after it, all in one transaction. So a crash at any later moment finds the Booking and a job that will go on with it.
 */
export function openCheckout(
  { platform }: Pick<Checkouts, 'platform'>,
  request: CheckoutRequest,
  call: IdempotentCall,
): Promise<BookingKey | CheckoutRefusal> {
  const { eventId, reservationId, viewerId, paymentMethod, returnUrl } = request;
  return inTransaction(platform, 'payments.openCheckout', async (tx, abort) => {
    const before = await findReservation(tx, eventId, reservationId);
    if (before === null || before.viewerId !== viewerId) return abort(reservationNotFound());
    const seconds = holdExtension(before, PAYMENT_HOLD_SECONDS);
    const reservation = await holdForPayment(tx, { eventId, id: reservationId, viewerId, seconds });
    if (reservation === null) {
      return abort(reservationOver((await findReservation(tx, eventId, reservationId)) ?? before));
    }

    // The Reservation is locked, so no other checkout for it can begin or end now.
    const other = await findLiveBooking(tx, { eventId, id: reservationId });
    if (other !== null) return abort(bookingUnderWay(other));

    const price = { amount: reservation.amount, currency: reservation.currency };
    if (!sameMoney(price, request.amount)) return abort(amountMismatch(price));
    if (price.amount > 0 && paymentMethod === null) return abort(paymentMethodInvalid());

    const key = { eventId, id: newId() };
    await insertBooking(
      tx,
      {
        ...key,
        ...price,
        reservationId,
        viewerId,
        paymentMethod: price.amount > 0 ? paymentMethod : null,
        returnUrl,
      },
      paymentTimeoutSeconds(reservation.secondsLeft),
    );
    const first = await remember(tx, call, key);
    // The same call on another Reservation was faster by a moment; the caller recalls what it was for.
    if (!first) return abort(reservationOver(reservation));
    await scheduleRecovery(tx, key, FIRST_RECOVERY_SECONDS);
    return key;
  });
}
