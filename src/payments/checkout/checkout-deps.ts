import type { Platform } from '../../platform/index.ts';
import type { PaymentProvider } from '../provider/payment-provider.ts';
import { openStripe, type StripeAccess } from '../provider/stripe.ts';
import { readShopId } from '../store/webhook-inbox.ts';

/**
 * Where a checkout may be cut off: each lies between something done at Stripe or in the database and the next.
 * Tests stop a server at each of them; nothing else listens.
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
  | 'cancelling'
  | 'refund-made'
  | 'settled';

/** What checkouts touch: the database, Stripe, and whoever wants to know how far one has come. */
export interface Checkouts {
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  stripe: PaymentProvider;
  /** Whether webhooks must come from Stripe's live mode, or from its test mode. */
  livemode: boolean;
  /** This database's name at Stripe. */
  shopId(): Promise<string>;
  reached(point: CrashPoint, bookingId: string): Promise<void>;
  /** Say that something happened which should never, and go on as safely as can be. */
  alarm(alarm: string, details: object): void;
}

/** Open checkouts. Neither Stripe nor the database is asked for anything yet. */
export function openCheckouts(
  platform: Checkouts['platform'],
  access: StripeAccess,
  reached: Checkouts['reached'] = async () => {},
): Checkouts {
  let shopId: string | undefined;
  return {
    platform,
    stripe: openStripe(access),
    livemode: access.secretKey.startsWith('sk_live_'),
    shopId: async () => (shopId ??= await readShopId(platform.db)),
    reached,
    alarm(alarm, details) {
      platform.metrics.alarms.inc({ alarm });
      platform.log.error({ alarm, ...details }, 'alarm');
    },
  };
}
