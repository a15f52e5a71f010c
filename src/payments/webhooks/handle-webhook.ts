import type Stripe from 'stripe';

import { advanceCheckout } from '../checkout/advance-checkout.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { updateRefundStatus } from '../store/booking-transitions.ts';
import { findBooking, findBookingByIntent, type BookingRow } from '../store/bookings.ts';
import { findUnhandledWebhook, markWebhookHandled } from '../store/webhook-inbox.ts';

/** Handler of each event type; other types are ignored. */
const HANDLERS: Record<string, (checkouts: Checkouts, event: Stripe.Event) => Promise<void>> = {
  'payment_intent.succeeded': onPaymentIntent,
  'payment_intent.payment_failed': onPaymentIntent,
  'payment_intent.canceled': onPaymentIntent,
  'refund.updated': onRefund,
  'refund.failed': onRefund,
  'charge.dispute.created': onDispute,
};

/** Whether an event type has a handler. */
export const isHandled = (type: string): boolean => Object.hasOwn(HANDLERS, type);

/** Handle a stored webhook, unless it is handled already. */
export async function handleWebhook(checkouts: Checkouts, id: string): Promise<void> {
  const event = await findUnhandledWebhook(checkouts.platform.db, id);
  if (event === null) return;
  await HANDLERS[event.type]?.(checkouts, event);
  await markWebhookHandled(checkouts.platform.db, id);
}

/**
 * Advance the checkout of a payment. The event only triggers: the status is read from Stripe, so that webhooks may arrive out
 * of order, twice, late or never.
 */
async function onPaymentIntent(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const intent = event.data.object as Stripe.PaymentIntent;
  const { bookingId, eventId, shopId } = intent.metadata;
  if (shopId !== (await checkouts.shopId()) || !bookingId || !eventId) return; // of another database, or made by hand
  const found = await findBooking(checkouts.platform.db, { eventId, id: bookingId });
  const booking = found && (await advanceCheckout(checkouts, found.booking));
  if (event.type === 'payment_intent.succeeded' && !isAccountedFor(booking, intent.id)) {
    await refundStrayPayment(checkouts, intent.id, bookingId);
  }
}

/** Whether a succeeded payment belongs to a Booking that confirms or refunds it. */
function isAccountedFor(booking: BookingRow | null, intentId: string): boolean {
  return booking !== null && booking.intentId === intentId && booking.step !== 'declined';
}

/** Refund a payment without a Booking, as after restoring the database from a backup. */
async function refundStrayPayment(checkouts: Checkouts, intentId: string, bookingId: string): Promise<void> {
  checkouts.alarm('payment-without-booking', { intentId, bookingId });
  const refund = await checkouts.stripe.refundIntent(intentId, bookingId);
  if (refund.kind !== 'refunded') throw new Error(`refund of stray payment ${intentId} failed`);
}

async function onRefund(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { id, payment_intent: intent } = event.data.object as Stripe.Refund;
  const found = await findBookingPaidBy(checkouts, intent);
  if (found === null) return;
  const booking = await advanceCheckout(checkouts, found); // the webhook may arrive before the refund's id is stored
  if (booking.refundId !== id) {
    checkouts.alarm('refunded-elsewhere', { bookingId: booking.id, step: booking.step, refundId: id });
    return;
  }
  const status = await checkouts.stripe.retrieveRefundStatus(id);
  if (status === null) throw new Error(`status of refund ${id} unknown`);
  const changed = await updateRefundStatus(checkouts.platform.db, booking, status);
  if (changed && (status === 'failed' || status === 'canceled')) {
    // The bank rejected the refund: an operator has to pay the buyer by other means.
    checkouts.alarm('refund-failed', { bookingId: booking.id, refundId: id });
  }
}

async function onDispute(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { id, payment_intent: intent } = event.data.object as Stripe.Dispute;
  const booking = await findBookingPaidBy(checkouts, intent);
  if (booking !== null) checkouts.alarm('payment-disputed', { bookingId: booking.id, disputeId: id });
}

async function findBookingPaidBy(
  { platform }: Checkouts,
  intent: string | Stripe.PaymentIntent | null,
): Promise<BookingRow | null> {
  const intentId = typeof intent === 'string' ? intent : intent?.id;
  return intentId === undefined ? null : findBookingByIntent(platform.db, intentId);
}
