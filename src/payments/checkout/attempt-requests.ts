import type { ChargeRequest, PaymentProvider } from '../provider/payment-provider.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';

/** The request that creates the intent of a Reservation: the same for each attempt, until an intent is cancelled. */
export async function intentRequest(
  checkouts: Checkouts,
  { eventId, reservationId, amount, currency }: BookingRow,
  earlierIntents: number,
): Promise<Parameters<PaymentProvider['createIntent']>[0]> {
  return {
    price: { amount, currency },
    metadata: { reservationId, eventId, shopId: await checkouts.shopId() },
    earlierIntents,
  };
}

/**
 * The request that charges the card of an attempt. Its key names intent and attempt, so that a repeated request of an
 * earlier attempt is answered with what came of it.
 */
export function chargeRequest(
  { id, attempt, sharedIntent, paymentMethod, returnUrl }: BookingRow,
  intentId: string,
): ChargeRequest {
  return sharedIntent
    ? { intentId, paymentMethod, returnUrl, idempotencyKey: `${intentId}:confirm:${attempt}` }
    : { intentId, paymentMethod: null, returnUrl, idempotencyKey: `${id}:confirm` }; // as version 0.1 sends it
}
