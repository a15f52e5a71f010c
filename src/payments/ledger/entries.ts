import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { ledgerEntries, type ledgerKind } from './tables.ts';

export type LedgerKind = (typeof ledgerKind.enumValues)[number];

/**
 * booking           a checkout ended, with its tickets or with a refund
 * cancellation      the Booking was cancelled
 * organiser         the organiser refunded tickets, or an amount
 * late              the tickets were lost, or the payment buys nothing for another reason
 * stray             no Booking expects the payment
 * elsewhere         in the dashboard, or by another program
 * bank              a bank rejected a refund, opened a dispute or ended one
 * backfill          from before the ledger
 * reconciliation    missing until it was compared with Stripe
 */
export type LedgerCause =
  | 'booking'
  | 'cancellation'
  | 'organiser'
  | 'late'
  | 'stray'
  | 'elsewhere'
  | 'bank'
  | 'backfill'
  | 'reconciliation';

/** The payment that money moves for. */
export interface LedgerPayment {
  eventId: string;
  intentId: string;
  /** `null`: a stray payment. */
  bookingId: string | null;
}

/** One movement of money; positive is what comes in. */
export interface Movement {
  stripeId: string;
  kind: LedgerKind;
  amount: number;
  currency: string;
}

/** Insert movements of one payment; one that is recorded stays as it is. */
export async function insertEntries(
  tx: Tx,
  { eventId, intentId, bookingId }: LedgerPayment,
  movements: readonly Movement[],
  cause: LedgerCause,
): Promise<void> {
  if (movements.length === 0) return;
  await named(tx, 'payments.insertLedgerEntries')
    .insert(ledgerEntries)
    .values(
      movements.map(({ stripeId, kind, amount, currency }) => ({
        eventId,
        intentId,
        bookingId,
        stripeId,
        kind,
        amount,
        currency,
        cause,
      })),
    )
    .onConflictDoNothing();
}

/** Record that a payment has succeeded. An intent charges once, so its id stands for the charge. */
export function recordCharge(
  tx: Tx,
  payment: LedgerPayment,
  { amount, currency }: { amount: number; currency: string },
  cause: LedgerCause,
): Promise<void> {
  if (amount === 0) return Promise.resolve();
  return insertEntries(
    tx,
    payment,
    [{ stripeId: payment.intentId, kind: 'charge', amount, currency }],
    cause,
  );
}
