import type Stripe from 'stripe';

import { advanceCheckout } from '../checkout/advance-checkout.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { findBooking, findBookingByIntent, updateRefundStatus, type BookingRow } from '../store/bookings.ts';
import { findUnhandledWebhook, markWebhookHandled } from '../store/webhook-inbox.ts';

/** What each kind of webhook does. Whatever else Stripe tells is none of our business. */
const HANDLERS: Record<string, (checkouts: Checkouts, event: Stripe.Event) => Promise<void>> = {
  'payment_intent.succeeded': onPaymentIntent,
  'payment_intent.payment_failed': onPaymentIntent,
  'payment_intent.canceled': onPaymentIntent,
  'refund.updated': onRefund,
  'refund.failed': onRefund,
  'charge.dispute.created': onDispute,
};

/** Tell whether this kind of webhook does anything. */
export const isHandled = (type: string): boolean => Object.hasOwn(HANDLERS, type);

/** Do what a webhook asks for, once; a job does this, at least once. */
export async function handleWebhook(checkouts: Checkouts, id: string): Promise<void> {
  const event = await findUnhandledWebhook(checkouts.platform.db, id);
  if (event === null) return;
  await HANDLERS[event.type]?.(checkouts, event);
  await markWebhookHandled(checkouts.platform.db, id);
}

/**
 * A payment has moved. The webhook only rings: how things stand, Stripe is asked, so that webhooks may come in any order,
 * twice, late or never.
 */
async function onPaymentIntent(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const intent = event.data.object as Stripe.PaymentIntent;
  const { bookingId, eventId, shopId } = intent.metadata;
  if (shopId !== (await checkouts.shopId()) || !bookingId || !eventId) return; // another shop's, or made by hand
  const found = await findBooking(checkouts.platform.db, { eventId, id: bookingId });
  const booking = found && (await advanceCheckout(checkouts, found.booking));
  if (event.type === 'payment_intent.succeeded' && !isAccountedFor(booking, intent.id)) {
    await refundStrayPayment(checkouts, intent.id, bookingId);
  }
}

/** Whether money that was paid is on the way to tickets or back to the buyer. */
function isAccountedFor(booking: BookingRow | null, intentId: string): boolean {
  return booking !== null && booking.intentId === intentId && booking.step !== 'declined';
}

/** Money that belongs to no Booking goes back: after a database was restored from a backup, say. */
async function refundStrayPayment(checkouts: Checkouts, intentId: string, bookingId: string): Promise<void> {
  checkouts.alarm('payment-without-booking', { intentId, bookingId });
  const refund = await checkouts.stripe.refundIntent(intentId, bookingId);
  if (refund.kind !== 'refunded') throw new Error(`the stray payment ${intentId} could not be refunded yet`);
}

async function onRefund(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { id, payment_intent: intent } = event.data.object as Stripe.Refund;
  const found = await findBookingPaidBy(checkouts, intent);
  if (found === null) return;
  const booking = await advanceCheckout(checkouts, found); // the webhook may be here before we noted that we made the refund
  if (booking.refundId !== id) {
    checkouts.alarm('refunded-elsewhere', { bookingId: booking.id, step: booking.step, refundId: id });
    return;
  }
  const status = await checkouts.stripe.retrieveRefundStatus(id);
  if (status === null) throw new Error(`stripe does not say how refund ${id} stands`);
  const changed = await updateRefundStatus(checkouts.platform.db, booking, status);
  if (changed && (status === 'failed' || status === 'canceled')) {
    checkouts.alarm('refund-failed', { bookingId: booking.id, refundId: id }); // the bank will not take it: somebody has to
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
