import type { PaymentStatus, RequestRefused, UnknownResult } from '../provider/payment-provider.ts';
import { moveBooking, type BookingChange } from '../store/booking-transitions.ts';
import { type BookingRow, type CurrentBooking } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';
import { declineCheckout } from './decline-checkout.ts';

/** Whether a checkout advanced, here or in a concurrent call, or waits for the buyer, the bank or Stripe. */
export type Progress = 'advanced' | 'waiting';

/** `opened`: create the intent. It charges nothing, so a failure may decline the checkout. */
export async function createIntent(
  checkouts: Checkouts,
  { booking, overdue }: CurrentBooking,
): Promise<Progress> {
  const { db } = checkouts.platform;
  if (booking.amount === 0) return advanced(await moveBooking(db, booking, 'opened', 'paid'));
  if (overdue || booking.paymentMethod === null)
    return declineCheckout(checkouts, booking, 'opened', PAYMENT_EXPIRED);

  const result = await checkouts.stripe.createIntent({
    bookingId: booking.id,
    price: { amount: booking.amount, currency: booking.currency },
    paymentMethod: booking.paymentMethod,
    metadata: { bookingId: booking.id, eventId: booking.eventId, shopId: await checkouts.shopId() },
  });
  await checkouts.atCrashPoint('intent-created', booking.id);
  switch (result.kind) {
    case 'created':
      await moveBooking(db, booking, 'opened', 'charging', { intentId: result.intentId });
      await checkouts.atCrashPoint('intent-stored', booking.id);
      return 'advanced';
    case 'declined':
      return declineCheckout(checkouts, booking, 'opened', declineChange(result));
    case 'refused':
      return declineCheckout(checkouts, booking, 'opened', refusalChange(checkouts, booking, result));
    case 'unknown':
      reportUnknown(checkouts, booking, result);
      if (result.inProgress) return 'waiting'; // a concurrent call is creating it
      return declineCheckout(checkouts, booking, 'opened', PAYMENT_UNAVAILABLE);
  }
}

/** `charging`: charge the card, or find out whether it is charged. */
export async function chargeCard(
  checkouts: Checkouts,
  { booking, overdue }: CurrentBooking,
): Promise<Progress> {
  if (overdue)
    return advanced(
      await moveBooking(checkouts.platform.db, booking, 'charging', 'declining', PAYMENT_EXPIRED),
    );
  const intentId = requireIntentId(booking);
  const confirmed = await checkouts.stripe.confirmIntent({
    bookingId: booking.id,
    intentId,
    returnUrl: booking.returnUrl,
  });
  await checkouts.atCrashPoint('charged', booking.id);
  if (confirmed.kind !== 'unknown') return applyIntentStatus(checkouts, booking, 'charging', confirmed);
  reportUnknown(checkouts, booking, confirmed);
  return applyIntentStatus(checkouts, booking, 'charging', await checkouts.stripe.retrieveIntent(intentId));
}

/** `awaiting_payment`: poll the intent; after the payment deadline, start to cancel it. */
export async function pollPayment(
  checkouts: Checkouts,
  { booking, overdue }: CurrentBooking,
): Promise<Progress> {
  const status = await checkouts.stripe.retrieveIntent(requireIntentId(booking));
  const progress = await applyIntentStatus(checkouts, booking, 'awaiting_payment', status);
  if (progress === 'advanced' || !overdue) return progress;
  return advanced(
    await moveBooking(checkouts.platform.db, booking, 'awaiting_payment', 'declining', {
      ...PAYMENT_EXPIRED,
      ...NO_BUYER_ACTION,
    }),
  );
}

/** Advance a checkout by the status of its intent. */
async function applyIntentStatus(
  checkouts: Checkouts,
  booking: BookingRow,
  from: 'charging' | 'awaiting_payment',
  status: PaymentStatus | RequestRefused,
): Promise<Progress> {
  const { db } = checkouts.platform;
  const decline = async (change: BookingChange): Promise<Progress> => {
    await moveBooking(db, booking, from, 'declining', { ...change, ...NO_BUYER_ACTION });
    await checkouts.atCrashPoint('declining', booking.id);
    return 'advanced';
  };
  switch (status.kind) {
    case 'succeeded':
      await moveBooking(db, booking, from, 'paid', NO_BUYER_ACTION);
      await checkouts.atCrashPoint('paid', booking.id);
      return 'advanced';
    case 'declined':
      return decline(declineChange(status));
    case 'refused':
      return decline(refusalChange(checkouts, booking, status));
    case 'cancelled':
      return decline(PAYMENT_EXPIRED);
    case 'requires-action':
    case 'processing': {
      const { clientSecret = null, redirectUrl = null } = status.kind === 'requires-action' ? status : {};
      if (from === 'charging') {
        await moveBooking(db, booking, from, 'awaiting_payment', { clientSecret, redirectUrl });
      }
      return 'waiting';
    }
    case 'unconfirmed':
      return 'waiting';
    case 'unknown':
      reportUnknown(checkouts, booking, status);
      return 'waiting';
  }
}

/** Clears the client secret, with which anyone can pay, as soon as the buyer no longer needs it. */
const NO_BUYER_ACTION: BookingChange = { clientSecret: null, redirectUrl: null };

const PAYMENT_UNAVAILABLE: BookingChange = {
  failureCode: 'payment_unavailable',
  failureMessage: 'The payment provider could not be reached.',
};

const PAYMENT_EXPIRED: BookingChange = {
  failureCode: 'payment_expired',
  failureMessage: 'The payment was not completed in time.',
};

const declineChange = ({ code, message }: { code: string; message: string }): BookingChange => ({
  failureCode: code,
  failureMessage: message,
});

/** Hide the message of a refusal from the buyer, except about amounts: it addresses developers, and goes to the log. */
function refusalChange(
  checkouts: Checkouts,
  booking: BookingRow,
  { code, message, param }: RequestRefused,
): BookingChange {
  checkouts.platform.log.warn(
    { bookingId: booking.id, code, param, reason: message },
    'payment refused by stripe',
  );
  if (param === 'payment_method') return { failureCode: 'payment_method_invalid', failureMessage: message };
  const disclosed = code.startsWith('amount_');
  return { failureCode: code, failureMessage: disclosed ? message : 'The payment was refused.' };
}

function reportUnknown(
  checkouts: Checkouts,
  booking: BookingRow,
  { reason, needsOperator }: UnknownResult,
): void {
  checkouts.platform.log.warn(
    { bookingId: booking.id, step: booking.step, reason },
    'payment status unknown',
  );
  if (needsOperator) checkouts.alarm('stripe-unusable', { bookingId: booking.id, reason });
}

function requireIntentId({ id, intentId }: BookingRow): string {
  if (intentId === null) throw new Error(`booking ${id} has no payment intent`);
  return intentId;
}

/** `null` means that a concurrent call advanced the checkout. */
const advanced = (_row: BookingRow | null): Progress => 'advanced';
