/** How long a buyer may take to pay: the bank's 3-D Secure pages themselves give up after some ten minutes. */
export const PAYMENT_TIMEOUT_SECONDS = 14 * 60;

/** The tickets are held for a minute longer than can be paid for, so that money which comes in time finds them. */
export const PAYMENT_HOLD_SECONDS = PAYMENT_TIMEOUT_SECONDS + 60;

/**
 * How far paying may stretch a hold beyond its cap, all attempts together: enough for whoever begins to pay at the last
 * moment, and no way to keep tickets from others all evening with cards that are declined.
 */
const MAX_EXTENSION_BEYOND_CAP_SECONDS = PAYMENT_HOLD_SECONDS;

/** What a buyer whose card was declined has at least to try another. */
export const MIN_HOLD_AFTER_DECLINE_SECONDS = 120;

/** By then the request itself is done with Stripe, or dead; should it be neither, both at once do no harm. */
export const FIRST_RECOVERY_SECONDS = 30;

/** Nothing that is under way stays unlooked at for longer than this, whatever became of its job. */
export const STUCK_AFTER_SECONDS = 60;

/**
 * How long to wait before asking Stripe again about a checkout of this age: often while a buyer is watching, less so
 * later, and never so seldom that a payment could outlast its hold unnoticed.
 */
export function nextRetrySeconds(ageSeconds: number): number {
  return Math.min(Math.max(ageSeconds / 4, 5), 45);
}

/** How many of the wanted seconds, from now, paying may still make a hold last. */
export function holdExtension(
  hold: { heldUntil: Date; heldUntilCap: Date; secondsLeft: number },
  wantedSeconds: number,
): number {
  const untilCap = (hold.heldUntilCap.getTime() - hold.heldUntil.getTime()) / 1_000 + hold.secondsLeft;
  return Math.min(Math.max(untilCap + MAX_EXTENSION_BEYOND_CAP_SECONDS, 0), wantedSeconds);
}

/** How long a buyer has to pay, given how long the tickets are held; a card is charged in less than the least. */
export const paymentTimeoutSeconds = (heldSeconds: number): number =>
  Math.max(heldSeconds - (PAYMENT_HOLD_SECONDS - PAYMENT_TIMEOUT_SECONDS), 20);
