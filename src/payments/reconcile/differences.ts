import { formatMoney, type Money } from '../../platform/money.ts';

/**
 * missing-row         Stripe has it, and the ledger does not
 * stray-charge        Stripe has a payment that neither a Booking nor the ledger knows
 * unknown-to-stripe   the ledger has it, and Stripe does not
 * wrong-amount, wrong-currency, wrong-status   both have it, and differ
 * not-refunded        a Booking was cancelled or refunded, and the shop keeps money of it
 * refunded-twice      more was given back than was paid
 * unpaid              a Booking is confirmed, and the ledger has no payment of it
 */
type DifferenceKind =
  | 'missing-row'
  | 'stray-charge'
  | 'unknown-to-stripe'
  | 'wrong-amount'
  | 'wrong-currency'
  | 'wrong-status'
  | 'not-refunded'
  | 'refunded-twice'
  | 'unpaid';

/** A difference between ledger, Bookings and Stripe. */
export interface Difference {
  kind: DifferenceKind;
  /** Stripe's id of the payment, refund or dispute. */
  subject: string;
  /** Its payment. */
  intentId: string;
  bookingId: string | null;
  /** What differs. */
  says: string;
}

/** The step that mends a difference. */
const MENDING: Readonly<Record<DifferenceKind, string>> = {
  'missing-row': 'run it again with --record, which writes the row as Stripe has it',
  'stray-charge': 'send its payment_intent.succeeded again in the dashboard, or refund it there',
  'unknown-to-stripe': 'see who wrote the row, and whether STRIPE_SECRET_KEY is of the same account',
  'wrong-amount': 'Stripe moved its amount: correct the row, and see who changed it',
  'wrong-currency': 'Stripe moved its currency: correct the row, and see who changed it',
  'wrong-status': 'send its last event again in the dashboard',
  'not-refunded': 'refund the rest in the dashboard, or pay the buyer by other means',
  'refunded-twice': 'ask the buyer for the excess, or book it as lost',
  unpaid: 'find its payment at Stripe by its Reservation; without one cancel the Booking',
};

/** The step that mends a difference. */
const mendingOf = ({ kind }: Difference): string => MENDING[kind];

/** A difference as a line for an operator. */
export const describeDifference = (difference: Difference): string =>
  `${difference.kind}: ${difference.subject}${difference.bookingId === null ? '' : ` (booking ${difference.bookingId})`}: ${difference.says}; ${mendingOf(difference)}`;

/** How the amount of a row differs from that of Stripe; `null`: it does not. */
export function moneyDifference(
  row: Money,
  stripe: Money,
  what: string,
): Pick<Difference, 'kind' | 'says'> | null {
  if (row.currency !== stripe.currency)
    return {
      kind: 'wrong-currency',
      says: `${what} is in ${row.currency}, and at Stripe in ${stripe.currency}`,
    };
  if (row.amount !== stripe.amount)
    return {
      kind: 'wrong-amount',
      says: `${what} is ${formatMoney(row)}, and at Stripe ${formatMoney(stripe)}`,
    };
  return null;
}
