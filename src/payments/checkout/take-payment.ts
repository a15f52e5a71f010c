import { inTransaction } from '../../platform/db/transaction.ts';
import type { PaymentStatus, RequestRefused } from '../provider/payment-provider.ts';
import { moveBooking, storeBuyerAction, type BookingChange } from '../store/booking-transitions.ts';
import { type BookingRow, type CurrentBooking } from '../store/bookings.ts';
import { confirmWithCard, intentRequest } from './attempt-requests.ts';
import type { Checkouts } from './checkout-deps.ts';
import { declineCheckout } from './decline-checkout.ts';
import {
  declineChange,
  NO_BUYER_ACTION,
  PAYMENT_EXPIRED,
  PAYMENT_UNAVAILABLE,
  refusalChange,
} from './failures.ts';
import { reportUnknown, requireIntentId, type Progress } from './progress.ts';
import { replaceCancelledIntent } from './replace-intent.ts';

/** `opened`: create the intent of the Reservation. It charges nothing, so a failure may decline the checkout. */
export async function createIntent(
  checkouts: Checkouts,
  { booking, overdue }: CurrentBooking,
): Promise<Progress> {
  const { db } = checkouts.platform;
  if (booking.amount === 0) return advanced(await moveBooking(db, booking, 'opened', 'paid'));
  if (overdue || booking.paymentMethod === null)
    return declineCheckout(checkouts, booking, 'opened', PAYMENT_UNAVAILABLE);

  const result = await checkouts.stripe.createIntent(await intentRequest(checkouts, booking, null));
  await checkouts.atCrashPoint('intent-created', booking.id);
  switch (result.kind) {
    case 'created':
      await moveBooking(db, booking, 'opened', 'charging', { intentId: result.intentId, sharedIntent: true });
      await checkouts.atCrashPoint('intent-stored', booking.id);
      return 'advanced';
    case 'refused':
      return declineCheckout(checkouts, booking, 'opened', refusalChange(checkouts, booking, result));
    case 'unknown':
      await reportUnknown(checkouts, booking, result);
      if (result.inProgress) return 'waiting'; // a concurrent call is creating it
      return declineCheckout(checkouts, booking, 'opened', PAYMENT_UNAVAILABLE);
  }
}

/**
 * `charging`: charge the card, or find out whether it is charged. `superseding`: this call has just superseded an attempt whose
 * intent waits for the buyer.
 */
export async function chargeCard(
  checkouts: Checkouts,
  { booking, overdue }: CurrentBooking,
  superseding: boolean,
): Promise<Progress> {
  if (overdue) return startCancelling(checkouts, booking, 'charging', PAYMENT_UNAVAILABLE);
  const intentId = requireIntentId(booking);
  const confirmed = await confirmWithCard(checkouts, booking, superseding);
  await checkouts.atCrashPoint('charged', booking.id);
  if (confirmed.kind !== 'unknown') return applyIntentStatus(checkouts, booking, 'charging', confirmed);
  await reportUnknown(checkouts, booking, confirmed);
  const found = await checkouts.stripe.retrieveIntent(intentId);
  const untouched = found.kind === 'unconfirmed' || isOfEarlierAttempt(found, booking);
  // Stripe advises against another key, under which a late effect would be a second one: the cancellation decides.
  if (confirmed.replayed && untouched)
    return startCancelling(checkouts, booking, 'charging', PAYMENT_UNAVAILABLE);
  if (untouched) return 'waiting';
  return applyIntentStatus(checkouts, booking, 'charging', found);
}

/**
 * Whether a retrieved status may be that of an earlier attempt. A new decline comes with a new charge; a bank that waits for the
 * buyer may have been asked for the card of either, which only the response to the attempt's own request tells.
 */
function isOfEarlierAttempt(
  status: PaymentStatus,
  { sharedIntent, latestChargeId, attempt }: BookingRow,
): boolean {
  if (!sharedIntent) return false;
  if (status.kind === 'requires-action') return (attempt ?? 1) > 1;
  return status.kind === 'declined' && status.chargeId === latestChargeId;
}

/** `awaiting_payment`: poll the intent; after the payment deadline, start to cancel it. */
export async function pollPayment(
  checkouts: Checkouts,
  { booking, overdue }: CurrentBooking,
): Promise<Progress> {
  const status = await checkouts.stripe.retrieveIntent(requireIntentId(booking));
  const progress = await applyIntentStatus(checkouts, booking, 'awaiting_payment', status);
  if (progress !== 'waiting' || !overdue) return progress;
  return startCancelling(checkouts, booking, 'awaiting_payment', PAYMENT_EXPIRED);
}

/** Move to `declining`: the intent is cancelled before the checkout is declined. */
async function startCancelling(
  checkouts: Checkouts,
  booking: BookingRow,
  from: 'charging' | 'awaiting_payment',
  change: BookingChange,
): Promise<Progress> {
  await moveBooking(checkouts.platform.db, booking, from, 'declining', { ...change, ...NO_BUYER_ACTION });
  await checkouts.atCrashPoint('declining', booking.id);
  return 'advanced';
}

/** Advance a checkout by the status of its intent. */
async function applyIntentStatus(
  checkouts: Checkouts,
  booking: BookingRow,
  from: 'charging' | 'awaiting_payment',
  status: PaymentStatus | RequestRefused,
): Promise<Progress> {
  const { db } = checkouts.platform;
  const decline = (change: BookingChange): Promise<Progress> =>
    booking.sharedIntent
      ? declineCheckout(checkouts, booking, from, { ...change, ...NO_BUYER_ACTION })
      : startCancelling(checkouts, booking, from, change);
  switch (status.kind) {
    case 'succeeded':
      await moveBooking(db, booking, from, 'paid', NO_BUYER_ACTION);
      await checkouts.atCrashPoint('paid', booking.id);
      return status.justNow ? 'charged' : 'advanced';
    case 'declined':
      return decline(declineChange(checkouts, booking, status));
    case 'refused':
      return decline(refusalChange(checkouts, booking, status));
    case 'cancelled':
      if (from === 'charging' && booking.sharedIntent) return replaceCancelledIntent(checkouts, booking);
      return startCancelling(checkouts, booking, from, PAYMENT_EXPIRED);
    case 'requires-action':
    case 'processing': {
      const { clientSecret = null, redirectUrl = null } = status.kind === 'requires-action' ? status : {};
      if (from === 'charging')
        await moveBooking(db, booking, from, 'awaiting_payment', { clientSecret, redirectUrl });
      else if (clientSecret !== booking.clientSecret || redirectUrl !== booking.redirectUrl)
        // The bank asks for the buyer after all, or no longer.
        await inTransaction(checkouts.platform, 'payments.storeBuyerAction', (tx) =>
          storeBuyerAction(tx, booking, { clientSecret, redirectUrl }),
        );
      return 'waiting';
    }
    case 'unconfirmed':
      return 'waiting';
    case 'unknown':
      await reportUnknown(checkouts, booking, status);
      return 'waiting';
  }
}

/** `null` means that a concurrent call advanced the checkout. */
const advanced = (_row: BookingRow | null): Progress => 'advanced';
