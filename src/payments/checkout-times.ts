/** How long a buyer may take to pay: the bank's 3-D Secure pages themselves give up after some ten minutes. */
export const PAY_SECONDS = 14 * 60;

/** The tickets are held for a minute longer than can be paid for, so that money which comes in time finds them. */
export const HOLD_SECONDS = PAY_SECONDS + 60;

/** What a buyer whose card was declined has at least to try another. */
export const SECOND_TRY_SECONDS = 120;

/** The request itself is done with Stripe by then, unless it died. */
export const FIRST_LOOK_SECONDS = 30;

/** Nothing that is under way stays unlooked at for longer than this, whatever became of its job. */
export const STUCK_SECONDS = 60;

/**
 * How long to wait before asking Stripe again about a checkout of this age: often while a buyer is watching, less so
 * later, and never so seldom that a payment could outlast its hold unnoticed.
 */
export function nextLookSeconds(ageSeconds: number): number {
  return Math.min(Math.max(ageSeconds / 4, 5), 45);
}
