import type Stripe from 'stripe';

import { isTerminal } from '../checkout-steps.ts';
import { advanceCheckout } from '../checkout/advance-checkout.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { alarmIfRejected, recordEarlierRefund } from '../checkout/earlier-refund.ts';
import { alarmIfUnusable } from '../checkout/progress.ts';
import { findRefunds } from '../ledger/spans.ts';
import { recordStrayRefund } from '../ledger/stray-payments.ts';
import { isRejected, statusesKeptFrom, type RefundRecord } from '../refund-status.ts';
import { recordRequestedRefund, requestOf } from '../refunds/record-requested.ts';
import { updateRefundStatus } from '../store/booking-transitions.ts';
import { findBookingByIntent, type BookingRow } from '../store/bookings.ts';
import { recordForeignRefund } from '../store/foreign-refunds.ts';
import { recordIntentRefund } from '../store/intent-refunds.ts';

/** `refund.created`, `refund.updated`, `refund.failed`: of the server, or of the dashboard. */
export async function onRefund(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { id, payment_intent: intent } = event.data.object as Stripe.Refund;
  const found = await findBookingPaidBy(checkouts, intent);
  if (found === null) return onRefundWithoutBooking(checkouts, event);
  if (found.step === 'declined') return onRefundOfDeclined(checkouts, found, id);
  await recordRefunds(checkouts, found, [await readRefund(checkouts, id)]);
}

/** `charge.refunded` does not say by which refund: all are read. Without a Booking the events of the refund say whose it is. */
export async function onChargeRefunded(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { payment_intent: intent } = event.data.object as Stripe.Charge;
  const found = await findBookingPaidBy(checkouts, intent);
  if (found === null || found.intentId === null) return;
  const { eventId, reservationId, intentId } = found;
  if (found.step === 'declined')
    return void (await recordEarlierRefund(checkouts, { eventId, id: reservationId }, intentId));
  const listed = await checkouts.stripe.listRefunds(intentId);
  if (listed.kind === 'found') return recordRefunds(checkouts, found, listed.refunds);
  await alarmIfUnusable(checkouts, listed, intentId, { intentId });
  throw new Error(`refunds of payment intent ${intentId} unknown: ${listed.reason}`);
}

/**
 * Record refunds of a Booking: its own, and those that its organiser has decided on, with their status; any other once, with an
 * alarm. The events come in any order, and twice. What is recorded has raised its alarms.
 */
async function recordRefunds(
  checkouts: Checkouts,
  found: BookingRow,
  refunds: readonly RefundRecord[],
): Promise<void> {
  const others = await recordRequested(checkouts, found, refunds);
  if (others.length === 0) return;
  const booking = await advanceCheckout(checkouts, found); // a payment that was refunded before it was seen buys nothing
  if (!isTerminal(booking.step)) throw new Error(`refunds of booking ${booking.id} are not settled`); // the job is repeated
  for (const refund of others) {
    const { refundId, status } = refund;
    const own = refundId === booking.refundId;
    const recorded = own ? booking.refundStatus : (booking.foreignRefunds?.[refundId] ?? null);
    if (recorded !== null && statusesKeptFrom(status).includes(recorded)) continue;
    const { id: bookingId, step } = booking;
    if (!own && recorded === null)
      await checkouts.alarm('refunded-elsewhere', { subject: refundId }, { bookingId, step, refundId });
    await alarmIfRejected(checkouts, refund, { bookingId });
    if (own) await updateRefundStatus(checkouts.platform, booking, refund);
    else await recordForeignRefund(checkouts.platform, booking, refund);
  }
}

/** Record the refunds that the organiser has decided on, whatever the step of the Booking; returns the others. */
async function recordRequested(
  checkouts: Checkouts,
  booking: BookingRow,
  refunds: readonly RefundRecord[],
): Promise<RefundRecord[]> {
  const { platform } = checkouts;
  const requested = refunds.filter(({ requestId }) => requestId !== undefined);
  const rows = await findRefunds(
    platform.db,
    requested.map(({ refundId }) => refundId),
  );
  const recorded = new Map(rows.map(({ id, status }) => [id, status]));
  const others: RefundRecord[] = [];
  for (const refund of refunds) {
    const requestId = await requestOf(platform, booking, refund);
    if (requestId === null) others.push(refund);
    else if (recorded.get(refund.refundId) !== refund.status)
      await recordRequestedRefund(checkouts, booking, requestId, refund);
  }
  return others;
}

/** A payment past the server was refunded, as a stray one or in the dashboard: it buys nothing any more. */
async function onRefundOfDeclined(
  checkouts: Checkouts,
  { id: bookingId, eventId, reservationId, intentId }: BookingRow,
  refundId: string,
): Promise<void> {
  const refund = await readRefund(checkouts, refundId);
  const reservation = { eventId, id: reservationId };
  if (intentId === null) return;
  if (!isRejected(refund.status)) return void (await recordEarlierRefund(checkouts, reservation, intentId));
  await alarmIfRejected(checkouts, refund, { bookingId });
  await recordIntentRefund(checkouts.platform, reservation, intentId, refund, 'elsewhere');
}

/** As after restoring the database from a backup. */
async function onRefundWithoutBooking(checkouts: Checkouts, { data }: Stripe.Event): Promise<void> {
  const { id: refundId, payment_intent: intent } = data.object as Stripe.Refund;
  const refund = await readRefund(checkouts, refundId);
  if (refund.shopId !== (await checkouts.shopId())) return;
  const intentId = idOf(intent);
  await alarmIfRejected(checkouts, refund, { intentId });
  if (intentId !== null && refund.eventId !== null)
    await recordStrayRefund(checkouts.platform, { eventId: refund.eventId, intentId }, refund);
}

async function readRefund(checkouts: Checkouts, refundId: string) {
  const refund = await checkouts.stripe.retrieveRefund(refundId);
  if (refund.kind === 'found') return refund;
  await alarmIfUnusable(checkouts, refund, refundId, { refundId });
  throw new Error(`status of refund ${refundId} unknown: ${refund.reason}`);
}

/** The Booking that an intent in an event has paid. */
async function findBookingPaidBy(
  { platform }: Checkouts,
  intent: string | Stripe.PaymentIntent | null,
): Promise<BookingRow | null> {
  const intentId = idOf(intent);
  return intentId === null ? null : findBookingByIntent(platform.db, intentId);
}

/** The id of an intent in an event. */
const idOf = (intent: string | Stripe.PaymentIntent | null): string | null =>
  typeof intent === 'string' ? intent : (intent?.id ?? null);
