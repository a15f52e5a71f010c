import { declineMessage, refusalMessage } from '../buyer-messages.ts';
import type { CardDeclined, RequestRefused } from '../provider/payment-provider.ts';
import type { BookingChange } from '../store/booking-transitions.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';

// What a declined Booking says of its failure.

/** Clears the client secret, with which anyone can pay, as soon as the buyer no longer needs it. */
export const NO_BUYER_ACTION: BookingChange = { clientSecret: null, redirectUrl: null };

const refused = (code: string): BookingChange => ({
  failureCode: code,
  failureMessage: refusalMessage(code),
});

/** Stripe could not be reached. The attempt does not count against the buyer: `countAttempts` knows it by this code. */
export const PAYMENT_UNAVAILABLE = refused('payment_unavailable');

/** The buyer or the bank did not complete the payment. */
export const PAYMENT_EXPIRED = refused('payment_expired');

/** The buyer pays in another way: with another card, or from another tab. */
export const PAYMENT_SUPERSEDED = refused('payment_superseded');

/** The issuer declined: what Stripe says of it goes to the log, as does a reason that is not disclosed. */
export function declineChange(
  checkouts: Checkouts,
  booking: BookingRow,
  { code, declineCode, message, chargeId }: CardDeclined,
): BookingChange {
  checkouts.platform.log.info(
    { bookingId: booking.id, code, declineCode, reason: message },
    'payment declined by stripe',
  );
  return { failureCode: code, failureMessage: declineMessage(code), latestChargeId: chargeId };
}

/** Stripe refused the request: what it says addresses developers, and goes to the log. */
export function refusalChange(
  checkouts: Checkouts,
  booking: BookingRow,
  { code, message, param }: RequestRefused,
): BookingChange {
  const isOfBuyer = param === 'payment_method'; // a mistake in the request, as any client can make it
  checkouts.platform.log[isOfBuyer ? 'info' : 'warn'](
    { bookingId: booking.id, code, param, reason: message },
    'payment refused by stripe',
  );
  return refused(isOfBuyer ? 'payment_method_invalid' : code);
}
