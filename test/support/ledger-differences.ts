import { openReconciliation, reconcile } from '../../src/payments/index.ts';
import type { CheckoutWorld } from './checkout-world.ts';

const SPAN = { from: new Date('2020-01-01Z'), to: new Date('2090-01-01Z') };

type Reconciled = Pick<CheckoutWorld, 'platform' | 'emulator'>;

/** Compare ledger, Bookings and Stripe, and write nothing. Lists kind and subject of each difference. */
export const ledgerDifferences = async (world: Reconciled): Promise<string[]> =>
  (await compare(world)).map(({ kind, subject }) => `${kind} ${subject}`);

/** Kinds of what differs between ledger, Bookings and Stripe about a payment. */
export const differencesOf = async (world: Reconciled, intent: string): Promise<string[]> =>
  (await compare(world)).filter(({ intentId }) => intentId === intent).map(({ kind }) => kind);

async function compare({ platform, emulator }: Reconciled) {
  const { secretKey, webhookSecret, url: apiUrl } = emulator;
  const found: { kind: string; subject: string; intentId: string }[] = [];
  const parts = openReconciliation(platform, { secretKey, webhookSecret, apiUrl });
  await reconcile(parts, SPAN, async (difference) => void found.push(difference));
  return found;
}
