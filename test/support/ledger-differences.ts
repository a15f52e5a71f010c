import { openReconciliation, reconcile } from '../../src/payments/index.ts';
import type { CheckoutWorld } from './checkout-world.ts';

const SPAN = { from: new Date('2020-01-01Z'), to: new Date('2090-01-01Z') };

/** Compare ledger, Bookings and Stripe, and write nothing. Lists kind and subject of each difference. */
export async function ledgerDifferences({
  platform,
  emulator,
}: Pick<CheckoutWorld, 'platform' | 'emulator'>): Promise<string[]> {
  const { secretKey, webhookSecret, url: apiUrl } = emulator;
  const found: string[] = [];
  const parts = openReconciliation(platform, { secretKey, webhookSecret, apiUrl });
  await reconcile(parts, SPAN, async ({ kind, subject }) => void found.push(`${kind} ${subject}`));
  return found;
}
