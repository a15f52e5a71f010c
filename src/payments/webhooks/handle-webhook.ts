import type Stripe from 'stripe';

import { advanceCheckout } from '../checkout/advance-checkout.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { refundStrayPayment, settleLatePayment } from '../checkout/settle-late-payment.ts';
import { updateRefundStatus } from '../store/booking-transitions.ts';
import {
  findBooking,
  findBookingByIntent,
  findLiveBooking,
  type BookingKey,
  type BookingRow,
} from '../store/bookings.ts';
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
  const { reservationId, bookingId, eventId, shopId } = intent.metadata;
  if (shopId !== (await checkouts.shopId()) || !eventId) return; // of another database, or made by hand
  if (bookingId) return onIntentOfBooking(checkouts, event.type, intent.id, { eventId, id: bookingId });
  if (!reservationId) return;
  const reservation = { eventId, id: reservationId };
  if (event.type === 'payment_intent.succeeded') return settleLatePayment(checkouts, reservation, intent.id);
  const live = await findLiveBooking(checkouts.platform.db, reservation);
  if (live !== null) await advanceCheckout(checkouts, live);
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
    await refundStrayPayment(checkouts, intentId, key.id);
  }
}

/** Whether a succeeded payment belongs to a Booking that confirms or refunds it. */
function isAccountedFor(booking: BookingRow | null, intentId: string): boolean {
  return booking !== null && booking.intentId === intentId && booking.step !== 'declined';
}

async function onRefund(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { id, payment_intent: intent } = event.data.object as Stripe.Refund;
  const found = await findBookingPaidBy(checkouts, intent);
  if (found === null || found.step === 'declined') return; // declined: a stray payment, which raised its alarm
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
