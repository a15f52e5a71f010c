import type {
  ChargeRequest,
  PaymentProvider,
  PaymentStatus,
  RequestRefused,
} from '../provider/payment-provider.ts';
import { unknown } from '../provider/stripe-responses.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';
import { requireIntentId } from './progress.ts';

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
 * Charge the card of an attempt. An intent that waits for the buyer with another card refuses it, until it is set: first, if the
 * attempt is known to be `superseding` one; else after the refusal, which Stripe repeats under its key for a day, so that the next
 * confirmation has one with a number. Each crash in between comes to the same, because each key repeats its response.
 */
export async function confirmWithCard(
  { stripe }: Pick<Checkouts, 'stripe'>,
  booking: BookingRow,
  superseding: boolean,
): Promise<PaymentStatus | RequestRefused> {
  const charge = chargeRequest(booking, requireIntentId(booking));
  const { intentId, paymentMethod } = charge;
  if (!superseding || paymentMethod === null) {
    const confirmed = await stripe.confirmIntent(charge);
    if (confirmed.kind !== 'other-method') return confirmed;
    if (paymentMethod === null) return stripe.retrieveIntent(intentId);
  }
  const set = await stripe.setPaymentMethod({
    intentId,
    paymentMethod,
    idempotencyKey: `${intentId}:method:${booking.id}`,
  });
  if (set.kind !== 'set') return set;
  const confirmed = await stripe.confirmIntent(
    superseding ? charge : { ...charge, idempotencyKey: `${charge.idempotencyKey}:2` },
  );
  return confirmed.kind === 'other-method'
    ? unknown('the intent was confirmed with another card meanwhile', { code: 'other_method' })
    : confirmed;
}

/**
 * The request that charges the card of an attempt. Its key names intent and Booking, so that a repeated request of an
 * earlier attempt is answered with what came of it, and that of a lost row never answers another.
 */
function chargeRequest(
  { id, sharedIntent, paymentMethod, returnUrl }: BookingRow,
  intentId: string,
): ChargeRequest {
  return sharedIntent
    ? { intentId, paymentMethod, returnUrl, idempotencyKey: `${intentId}:confirm:${id}` }
    : { intentId, paymentMethod: null, returnUrl, idempotencyKey: `${id}:confirm` }; // as version 0.1 sends it
}
