import type { ChargeRequest, PaymentProvider } from '../provider/payment-provider.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';

/**
 * The request that creates an intent, for the Reservation's first attempt or in place of a cancelled one. Its key names the
 * Booking: one of the Reservation would come out the same again for another attempt, after an error 500 or a lost row.
 */
export async function intentRequest(
  checkouts: Checkouts,
  { id, eventId, reservationId, amount, currency }: BookingRow,
  cancelledIntent: string | null,
): Promise<Parameters<PaymentProvider['createIntent']>[0]> {
  return {
    price: { amount, currency },
    metadata: { reservationId, eventId, shopId: await checkouts.shopId() },
    idempotencyKey: cancelledIntent === null ? `${id}:intent` : `${id}:intent:after:${cancelledIntent}`,
  };
}

/**
 * The request that charges the card of an attempt. Its key names intent and Booking, so that a repeated request of an
 * earlier attempt is answered with what came of it, and that of a lost row never answers another.
 */
export function chargeRequest(
  { id, sharedIntent, paymentMethod, returnUrl }: BookingRow,
  intentId: string,
): ChargeRequest {
  return sharedIntent
    ? { intentId, paymentMethod, returnUrl, idempotencyKey: `${intentId}:confirm:${id}` }
    : { intentId, paymentMethod: null, returnUrl, idempotencyKey: `${id}:confirm` }; // as version 0.1 sends it
}
