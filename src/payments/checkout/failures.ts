import type { RequestRefused } from '../provider/payment-provider.ts';
import type { BookingChange } from '../store/booking-transitions.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';

// What a declined Booking says of its failure.

/** Clears the client secret, with which anyone can pay, as soon as the buyer no longer needs it. */
export const NO_BUYER_ACTION: BookingChange = { clientSecret: null, redirectUrl: null };

/** Stripe could not be reached. The attempt does not count against the buyer: `countAttempts` knows it by this code. */
export const PAYMENT_UNAVAILABLE: BookingChange = {
  failureCode: 'payment_unavailable',
  failureMessage: 'The payment provider could not be reached.',
};

/** The buyer or the bank did not complete the payment. */
export const PAYMENT_EXPIRED: BookingChange = {
  failureCode: 'payment_expired',
  failureMessage: 'The payment was not completed in time.',
};

/** The issuer declined. */
export const declineChange = ({ code, message }: { code: string; message: string }): BookingChange => ({
  failureCode: code,
  failureMessage: message,
});

/** Hide the message of a refusal from the buyer, except about amounts: it addresses developers, and goes to the log. */
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
  if (isOfBuyer) return { failureCode: 'payment_method_invalid', failureMessage: message };
  const disclosed = code.startsWith('amount_');
  return { failureCode: code, failureMessage: disclosed ? message : 'The payment was refused.' };
}
