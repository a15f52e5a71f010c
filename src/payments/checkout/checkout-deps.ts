import { openBreaker, type Breaker } from '../../platform/breaker.ts';
import { DEFAULT_PAYMENT_LIMITS, type Limits } from '../../platform/config/limits.ts';
import type { Job } from '../../platform/db/jobs.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { openPaymentAttempts, type PaymentAttempts } from '../../platform/rate-limit/payment-attempts.ts';
import { openStripeWrites, type StripeWrites } from '../../platform/rate-limit/stripe-writes.ts';
import type { Alarm } from '../../platform/telemetry/known-labels.ts';
import { afterTurn, behindBreaker } from '../provider/guarded-provider.ts';
import type { PaymentProvider } from '../provider/payment-provider.ts';
import { isOfLiveMode, openStripe, type StripeAccess } from '../provider/stripe.ts';
import { insertAlarm, type AlarmCause } from '../store/alarms.ts';
import type { BookingKey, BookingRow } from '../store/bookings.ts';
import { readShopId } from '../store/shop.ts';

/**
 * Points at which tests stop a server in the middle of a checkout: each lies between one effect, at Stripe or in the
 * database, and the next.
 */
export type CrashPoint =
  | 'opened'
  | 'intent-created'
  | 'intent-stored'
  | 'charged'
  | 'paid'
  | 'sold'
  | 'declining'
  | 'intent-cancelled'
  | 'intent-replaced'
  | 'cancelling'
  | 'refund-made'
  | 'late-payment-found'
  | 'stray-refunded'
  | 'alarm-raised'
  | 'settled';

/** Dependencies of every checkout. */
export interface Checkouts {
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  stripe: PaymentProvider;
  /** Attempts of a Reservation, after which it cannot be paid any more. */
  maxAttempts: number;
  countAttempt: PaymentAttempts;
  /** Limit on writes to Stripe: a buyer is permitted or refused before the checkout is opened. */
  writes: StripeWrites;
  /** Of Stripe: open while it does not answer. */
  breaker: Breaker;
  /** Mode that webhooks must come from: Stripe's live mode, or its test mode. */
  livemode: boolean;
  /** Id of this database at Stripe. */
  shopId(): Promise<string>;
  /** Jobs of higher capabilities, enqueued by the transaction that confirms a Booking. */
  onConfirmed: readonly Job<BookingKey>[];
  /** What other capabilities write in that transaction: it must not wait for a job. */
  whileConfirming: readonly ((tx: Tx, booking: BookingRow) => Promise<void>)[];
  /** Does nothing outside of tests. A test throws, or kills the process. */
  atCrashPoint(point: CrashPoint, bookingId: string): Promise<void>;
  /**
   * Count and log a state that only an operator can resolve, once for each cause. Raise it before the commit after which it is
   * not met again: of a crash in between comes a repetition, which is recognised, not a loss.
   */
  alarm(alarm: Alarm, cause: AlarmCause, details: object): Promise<void>;
}

/** Limits on attempts to pay. */
type PaymentLimits = Pick<Limits, keyof typeof DEFAULT_PAYMENT_LIMITS>;

/** Limits, listeners and test hooks of checkouts. */
export interface CheckoutOptions {
  limits?: PaymentLimits;
  onConfirmed?: Checkouts['onConfirmed'];
  whileConfirming?: Checkouts['whileConfirming'];
  atCrashPoint?: Checkouts['atCrashPoint'] | undefined;
}

/** Consecutive requests without an answer, of all buyers and jobs of a process. */
const MAX_STRIPE_FAILURES = 10;

/** Open checkouts. Sends no request and no statement. */
export function openCheckouts(
  platform: Pick<Platform, 'db' | 'log' | 'metrics' | 'redis'>,
  access: StripeAccess,
  {
    limits = DEFAULT_PAYMENT_LIMITS,
    onConfirmed = [],
    whileConfirming = [],
    atCrashPoint = async () => {},
  }: CheckoutOptions = {},
): Checkouts {
  let shopId: string | undefined;
  const breaker = openBreaker({
    maxFailures: MAX_STRIPE_FAILURES,
    onOpen: (error) => platform.log.warn({ err: error }, 'stripe does not answer'),
    onClose: () => platform.log.info('stripe answers again'),
  });
  return {
    platform,
    stripe: behindBreaker(openStripe(access), breaker),
    breaker,
    writes: openStripeWrites(platform.redis, limits.stripeWritesPerSecond),
    maxAttempts: limits.paymentAttemptsPerReservation,
    countAttempt: openPaymentAttempts(platform, limits),
    livemode: isOfLiveMode(access.secretKey),
    shopId: async () => (shopId ??= await readShopId(platform.db)),
    onConfirmed,
    whileConfirming,
    atCrashPoint,
    alarm: (alarm, cause, details) =>
      inTransaction(platform, 'payments.raiseAlarm', async (tx) => {
        if (!(await insertAlarm(tx, alarm, cause))) return;
        platform.metrics.alarms.inc({ alarm });
        platform.log.error({ alarm, ...details }, 'alarm');
        await atCrashPoint('alarm-raised', cause.subject);
      }),
  };
}

/** The same checkouts for work that no buyer waits for: each write to Stripe waits for its turn. */
export const inBackground = (checkouts: Checkouts): Checkouts => ({
  ...checkouts,
  stripe: afterTurn(checkouts.stripe, () => checkouts.writes.waitInBackground()),
});
