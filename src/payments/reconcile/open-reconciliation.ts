import { openStripe, type StripeAccess } from '../provider/stripe.ts';
import { readShopId } from '../store/shop.ts';
import type { Reconciling } from './comparison.ts';

/** Open what a comparison needs, for a command. Sends no request and no statement. */
export function openReconciliation(platform: Reconciling['platform'], access: StripeAccess): Reconciling {
  return { platform, stripe: openStripe(access), shopId: () => readShopId(platform.db) };
}
