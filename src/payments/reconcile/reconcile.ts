import type { Money } from '../../platform/money.ts';
import { isTerminal } from '../checkout-steps.ts';
import { findEntries, listEntries, type RecordedEntry } from '../ledger/spans.ts';
import type { StripePage, StripeSpan, UnknownResult } from '../provider/payment-provider.ts';
import { listConfirmed, type ConfirmedBooking } from '../store/bookings-paid.ts';
import { Comparison, type Reconciling } from './comparison.ts';
import { moneyDifference, type Difference } from './differences.ts';

/** Rows of a page of ledger or Bookings. */
const PAGE_SIZE = 500;

/** Stripe did not answer, so that nothing is known of the rest. */
class StripeUnreadable extends Error {
  readonly remedy = 'Nothing was compared beyond that; run it again.';
  /** Not that of differences: a script may run it again. */
  readonly exitCode = 2;
}

/** What was compared; `others` belong to another database on the account, or were made by hand. */
export interface Reconciliation {
  charges: number;
  refunds: number;
  disputes: number;
  entries: number;
  bookings: number;
  others: number;
  differences: number;
}

/**
 * Compare ledger, Bookings and Stripe: what Stripe made within the span, then what the ledger recorded and which Bookings were
 * confirmed within it. `report` gets each difference once. Reads page by page; `record` writes rows that are missing.
 */
export async function reconcile(
  parts: Reconciling,
  span: StripeSpan,
  report: (difference: Difference) => Promise<void>,
  { record = false } = {},
): Promise<Reconciliation> {
  const { stripe } = parts;
  const comparison = new Comparison(parts, report, { record });
  const shopId = await parts.shopId();
  const result = { charges: 0, refunds: 0, disputes: 0, entries: 0, bookings: 0, others: 0, differences: 0 };

  const walk = async <T extends { shopId: string | null }>(
    what: 'charges' | 'refunds' | 'disputes',
    read: (after: string | null) => Promise<StripePage<T> | UnknownResult>,
    compare: (items: readonly T[]) => Promise<void>,
  ) => {
    let after: string | null = null;
    do {
      const page: StripePage<T> = found(await read(after), what);
      const own = page.items.filter((item) => item.shopId === shopId);
      result[what] += own.length;
      result.others += page.items.length - own.length;
      await compare(own);
      after = page.next;
    } while (after !== null);
  };
  await walk(
    'charges',
    (after) => stripe.pageOfCharges(span, after),
    (items) => comparison.compareCharges(items),
  );
  await walk(
    'refunds',
    (after) => stripe.pageOfRefunds(span, after),
    (items) => comparison.compareRefunds(items),
  );
  await walk(
    'disputes',
    (after) => stripe.pageOfDisputes(span, after),
    (items) => comparison.compareDisputes(items),
  );
  result.entries = await compareEntries(parts, span, comparison);
  result.bookings = await compareBookings(parts, span, comparison);
  await comparison.compareKept();
  return { ...result, differences: comparison.differences };
}

/** Rows that were recorded within the span and that the lists did not name, as at its borders: each is looked up at Stripe. */
async function compareEntries(parts: Reconciling, span: StripeSpan, comparison: Comparison): Promise<number> {
  let count = 0;
  let page: RecordedEntry[];
  let after: RecordedEntry | null = null;
  do {
    page = await listEntries(parts.platform.db, span, after, PAGE_SIZE);
    for (const entry of page)
      if (entry.cause !== 'backfill' && !comparison.seen.has(entry.stripeId))
        await compareEntry(parts, entry, comparison); // a backfill records 500 rows a minute, of other days
    count += page.length;
    after = page.at(-1) ?? null;
  } while (page.length === PAGE_SIZE);
  return count;
}

async function compareEntry(
  { stripe }: Reconciling,
  { kind, stripeId: subject, intentId, bookingId, amount, currency }: RecordedEntry,
  comparison: Comparison,
): Promise<void> {
  const about = { subject, intentId, bookingId };
  const missing = { ...about, kind: 'unknown-to-stripe' as const, says: `the ${kind} is not at Stripe` };
  const compare = async (row: Money, moved: Money) => {
    const difference = moneyDifference(row, moved, `the ${kind}`);
    if (difference !== null) await comparison.difference({ ...about, ...difference });
  };
  if (kind === 'charge') {
    const read = await stripe.retrieveOwner(subject);
    if (isMissing(read)) await comparison.difference(missing);
    else await compare({ amount, currency }, found(read, subject).received);
  } else if (kind === 'refund') {
    const read = await stripe.retrieveRefund(subject);
    if (isMissing(read)) await comparison.difference(missing);
    else await compare({ amount: -amount, currency }, found(read, subject));
  }
}

/** Bookings that were confirmed within the span, each of which has to have a payment in the ledger. */
async function compareBookings(
  { platform: { db } }: Reconciling,
  span: StripeSpan,
  comparison: Comparison,
): Promise<number> {
  let count = 0;
  let page: ConfirmedBooking[];
  let after: ConfirmedBooking | null = null;
  do {
    page = await listConfirmed(db, span, after, PAGE_SIZE);
    const paid = page
      .map(({ booking }) => booking)
      .filter(({ amount, step }) => amount > 0 && isTerminal(step));
    const charges = await findEntries(
      db,
      paid.flatMap(({ intentId }) => intentId ?? []),
    );
    const known = new Set(charges.map(({ stripeId }) => stripeId));
    for (const { id: bookingId, intentId } of paid) {
      if (intentId !== null && known.has(intentId)) continue;
      const subject = intentId ?? bookingId;
      const about = { subject, intentId: subject, bookingId };
      await comparison.difference({ ...about, kind: 'unpaid', says: 'the ledger has no payment' });
    }
    comparison.note(paid);
    count += page.length;
    after = page.at(-1) ?? null;
  } while (page.length === PAGE_SIZE);
  return count;
}

const isMissing = (read: { kind: string } | UnknownResult): boolean =>
  'code' in read && read.code === 'resource_missing';

function found<T extends { kind: 'found' }>(read: T | UnknownResult, what: string): T {
  if (read.kind === 'found') return read;
  throw new StripeUnreadable(`${what} cannot be read from Stripe: ${read.reason}`);
}
