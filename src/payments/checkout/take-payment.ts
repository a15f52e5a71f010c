import type { IntentAnswer, Refused, Unknown } from '../provider/payment-provider.ts';
import { moveBooking, type BookingChange, type BookingRow, type CurrentBooking } from '../store/bookings.ts';
import { endAttempt } from './abandon-attempt.ts';
import type { Checkouts } from './checkout-deps.ts';

/** Whether somebody moved a checkout on, or whether it has to wait for somebody outside. */
export type Progress = 'moved' | 'waits';

/** `opened`: have Stripe make an intent. Nothing is charged by that, so whatever goes wrong here, nothing was taken. */
export async function makeIntent(app: Checkouts, { booking, overdue }: CurrentBooking): Promise<Progress> {
  const { db } = app.platform;
  if (booking.amount === 0) return moved(await moveBooking(db, booking, 'opened', 'paid'));
  if (overdue || booking.paymentMethod === null) return endAttempt(app, booking, 'opened', EXPIRED);

  const answer = await app.stripe.createIntent({
    bookingId: booking.id,
    price: { amount: booking.amount, currency: booking.currency },
    paymentMethod: booking.paymentMethod,
    metadata: { bookingId: booking.id, eventId: booking.eventId, shopId: await app.shopId() },
  });
  await app.atCrashPoint('intent-created', booking.id);
  switch (answer.kind) {
    case 'created':
      await moveBooking(db, booking, 'opened', 'charging', { intentId: answer.intentId });
      await app.atCrashPoint('intent-stored', booking.id);
      return 'moved';
    case 'declined':
      return endAttempt(app, booking, 'opened', failure(answer));
    case 'refused':
      return endAttempt(app, booking, 'opened', refusal(app, booking, answer));
    case 'unknown':
      note(app, booking, answer);
      if (answer.busy) return 'waits'; // somebody else is making it this very moment
      return endAttempt(app, booking, 'opened', UNAVAILABLE);
  }
}

/** `charging`: charge the card, or find out whether it was charged. */
export async function confirmPayment(
  app: Checkouts,
  { booking, overdue }: CurrentBooking,
): Promise<Progress> {
  if (overdue) return moved(await moveBooking(app.platform.db, booking, 'charging', 'declining', EXPIRED));
  const intentId = intentIdOf(booking);
  const confirmed = await app.stripe.confirmIntent({
    bookingId: booking.id,
    intentId,
    returnUrl: booking.returnUrl,
  });
  await app.atCrashPoint('charged', booking.id);
  if (confirmed.kind !== 'unknown') return applyIntentStatus(app, booking, 'charging', confirmed);
  note(app, booking, confirmed);
  return applyIntentStatus(app, booking, 'charging', await app.stripe.lookUpIntent(intentId));
}

/** `awaiting_payment`: ask how it stands; once the time is over, begin to give it up. */
export async function askForPayment(app: Checkouts, { booking, overdue }: CurrentBooking): Promise<Progress> {
  const answer = await app.stripe.lookUpIntent(intentIdOf(booking));
  const progress = await applyIntentStatus(app, booking, 'awaiting_payment', answer);
  if (progress === 'moved' || !overdue) return progress;
  return moved(
    await moveBooking(app.platform.db, booking, 'awaiting_payment', 'declining', {
      ...EXPIRED,
      ...NOTHING_TO_DO,
    }),
  );
}

/** Move a checkout to where its intent is. */
async function applyIntentStatus(
  app: Checkouts,
  booking: BookingRow,
  from: 'charging' | 'awaiting_payment',
  answer: IntentAnswer | Refused,
): Promise<Progress> {
  const { db } = app.platform;
  const decline = async (change: BookingChange): Promise<Progress> => {
    await moveBooking(db, booking, from, 'declining', { ...change, ...NOTHING_TO_DO });
    await app.atCrashPoint('declining', booking.id);
    return 'moved';
  };
  switch (answer.kind) {
    case 'succeeded':
      await moveBooking(db, booking, from, 'paid', NOTHING_TO_DO);
      await app.atCrashPoint('paid', booking.id);
      return 'moved';
    case 'declined':
      return decline(failure(answer));
    case 'refused':
      return decline(refusal(app, booking, answer));
    case 'cancelled':
      return decline(EXPIRED);
    case 'needs-buyer':
    case 'processing': {
      const { clientSecret = null, redirectUrl = null } = answer.kind === 'needs-buyer' ? answer : {};
      if (from === 'charging') {
        await moveBooking(db, booking, from, 'awaiting_payment', { clientSecret, redirectUrl });
      }
      return 'waits';
    }
    case 'unconfirmed':
      return 'waits';
    case 'unknown':
      note(app, booking, answer);
      return 'waits';
  }
}

/** The buyer is not needed any more, and the secret that lets one pay is not kept for longer than it is. */
const NOTHING_TO_DO: BookingChange = { clientSecret: null, redirectUrl: null };

const UNAVAILABLE: BookingChange = {
  failureCode: 'payment_unavailable',
  failureMessage: 'The payment provider could not be reached.',
};

const EXPIRED: BookingChange = {
  failureCode: 'payment_expired',
  failureMessage: 'The payment was not completed in time.',
};

const failure = ({ code, message }: { code: string; message: string }): BookingChange => ({
  failureCode: code,
  failureMessage: message,
});

/** What a refusal of Stripe's means to a buyer: mostly it speaks to programmers, and goes to the log. */
function refusal(app: Checkouts, booking: BookingRow, { code, message, param }: Refused): BookingChange {
  app.platform.log.warn({ bookingId: booking.id, code, param, reason: message }, 'stripe refused a payment');
  if (param === 'payment_method') return { failureCode: 'payment_method_invalid', failureMessage: message };
  const forBuyers = code.startsWith('amount_');
  return { failureCode: code, failureMessage: forBuyers ? message : 'The payment was refused.' };
}

function note(app: Checkouts, booking: BookingRow, { reason, alarming }: Unknown): void {
  app.platform.log.warn({ bookingId: booking.id, step: booking.step, reason }, 'stripe gave no answer');
  if (alarming) app.alarm('stripe-unusable', { bookingId: booking.id, reason });
}

function intentIdOf({ id, intentId }: BookingRow): string {
  if (intentId === null) throw new Error(`booking ${id} has no intent`);
  return intentId;
}

/** Either way somebody moved it: we, or whoever was faster. */
const moved = (_row: BookingRow | null): Progress => 'moved';
