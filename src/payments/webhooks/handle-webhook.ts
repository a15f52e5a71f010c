import type Stripe from 'stripe';

import { advanceCheckout } from '../checkout/advance-checkout.ts';
import { FIRST_RECOVERY_SECONDS } from '../checkout/checkout-deadlines.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { refundStrayPayment, settleLatePayment } from '../checkout/settle-late-payment.ts';
import { findBooking, findLiveBooking, type BookingKey, type BookingRow } from '../store/bookings.ts';
import { findUnhandledWebhook, markWebhookHandled } from '../store/webhook-inbox.ts';
import { findMisshapen } from './event-shape.ts';
import { onDispute } from './handle-dispute.ts';
import { onChargeRefunded, onRefund } from './handle-refund.ts';

/** Handler of each event type; other types are ignored. */
const HANDLERS: Record<string, (checkouts: Checkouts, event: Stripe.Event) => Promise<void>> = {
  'payment_intent.succeeded': onPaymentIntent,
  'payment_intent.payment_failed': onPaymentIntent,
  'payment_intent.canceled': onPaymentIntent,
  'payment_intent.requires_action': onActionRequired,
  'charge.refunded': onChargeRefunded,
  'refund.created': onRefund,
  'refund.updated': onRefund,
  'refund.failed': onRefund,
  'charge.dispute.created': onDispute,
  'charge.dispute.updated': onDispute,
  'charge.dispute.closed': onDispute,
  'charge.dispute.funds_withdrawn': onDispute,
  'charge.dispute.funds_reinstated': onDispute,
};

/** Whether an event type has a handler. */
export const isHandled = (type: string): boolean => Object.hasOwn(HANDLERS, type);

/** Handle a stored webhook, unless it is handled already. One that no repetition could read is logged and done with. */
export async function handleWebhook(checkouts: Checkouts, id: string): Promise<void> {
  const event = await findUnhandledWebhook(checkouts.platform.db, id);
  if (event === null) return;
  const misshapen = findMisshapen(event);
  if (misshapen.length === 0) await HANDLERS[event.type]?.(checkouts, event);
  else
    checkouts.platform.log.warn({ webhookId: id, type: event.type, misshapen }, 'webhook of unknown shape');
  await markWebhookHandled(checkouts.platform.db, id);
}

/**
 * Advance the checkout of a payment. The event only triggers: the status is read from Stripe, so that webhooks may arrive out
 * of order, twice, late or never.
 */
async function onPaymentIntent(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const intent = event.data.object as Stripe.PaymentIntent;
  const { reservationId, bookingId, eventId, shopId } = intent.metadata;
  if (shopId !== (await checkouts.shopId()) || !eventId) return; // of another database, or made by hand
  if (bookingId) return onIntentOfBooking(checkouts, event.type, intent.id, { eventId, id: bookingId });
  if (!reservationId) return;
  const reservation = { eventId, id: reservationId };
  if (event.type === 'payment_intent.succeeded') return settleLatePayment(checkouts, reservation, intent.id);
  const live = await findLiveBooking(checkouts.platform.db, reservation);
  if (live !== null && !hasRequestUnderWay(live)) await advanceCheckout(checkouts, live);
}

/**
 * Whether the buyer's own request advances an attempt. The event may be of an earlier one: a second request under the key of the
 * first would get a 409, and the buyer no result.
 */
const hasRequestUnderWay = ({ step, createdAt }: BookingRow): boolean =>
  (step === 'opened' || step === 'charging') &&
  Date.now() - createdAt.getTime() < FIRST_RECOVERY_SECONDS * 1_000;

/** The bank asks for the buyer although it was processing the payment: the Booking says so, at once. */
async function onActionRequired(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { reservationId, eventId, shopId } = (event.data.object as Stripe.PaymentIntent).metadata;
  if (shopId !== (await checkouts.shopId()) || !eventId || !reservationId) return;
  const live = await findLiveBooking(checkouts.platform.db, { eventId, id: reservationId });
  // Else the buyer has the answer to the request that led to this.
  if (live?.step === 'awaiting_payment' && live.clientSecret === null) await advanceCheckout(checkouts, live);
}

/** The intent was created by version 0.1, for one attempt. */
async function onIntentOfBooking(
  checkouts: Checkouts,
  type: string,
  intentId: string,
  key: BookingKey,
): Promise<void> {
  const found = await findBooking(checkouts.platform.db, key);
  const booking = found && (await advanceCheckout(checkouts, found.booking));
  if (type === 'payment_intent.succeeded' && !isAccountedFor(booking, intentId)) {
    const reservation = booking && { eventId: booking.eventId, id: booking.reservationId };
    await refundStrayPayment(checkouts, intentId, key.id, reservation, key.eventId);
  }
}

/** Whether a succeeded payment belongs to a Booking that confirms or refunds it. */
function isAccountedFor(booking: BookingRow | null, intentId: string): boolean {
  return booking !== null && booking.intentId === intentId && booking.step !== 'declined';
}
