import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { isTerminal, STATUS_OF } from '../checkout-steps.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { recordDispute } from '../ledger/disputes.ts';
import { recordCharge, type LedgerKind } from '../ledger/entries.ts';
import { recordRefund } from '../ledger/refunds.ts';
import { findDisputes, findEntries, findRefunds, type LedgerRow } from '../ledger/spans.ts';
import { readMoneyOf } from '../ledger/sums.ts';
import type { ListedCharge, ListedDispute, ListedRefund } from '../provider/payment-provider.ts';
import { isRejected } from '../refund-status.ts';
import { findBookingsByIntents } from '../store/bookings-paid.ts';
import type { BookingRow } from '../store/bookings.ts';
import { findDueRequests } from '../store/refund-requests.ts';
import { moneyDifference, type Difference } from './differences.ts';

/** Payments of an Event in one read of their sums. */
const KEPT_PER_READ = 100;

/** What a comparison needs of the checkouts. */
export type Reconciling = Pick<Checkouts, 'platform' | 'stripe' | 'shopId'>;

/** A Booking at a terminal step, with its payment. */
type OverBooking = Pick<BookingRow, 'eventId' | 'id' | 'step'> & { intentId: string };

/** Compares pages of Stripe's lists with ledger and Bookings. A payment, refund or dispute is reported once. */
export class Comparison {
  readonly #parts: Reconciling;
  readonly #report: (difference: Difference) => Promise<void>;
  readonly #isRecording: boolean;
  readonly #reported = new Set<string>();
  /** Intents of which a difference is reported: their sums differ for that reason. */
  readonly #affected = new Set<string>();
  readonly #over = new Map<string, OverBooking>();
  /** Stripe's ids of what was compared: of the payments, refunds and movements of a span. */
  readonly seen = new Set<string>();
  differences = 0;

  constructor(
    parts: Reconciling,
    report: (difference: Difference) => Promise<void>,
    { record }: { record: boolean },
  ) {
    this.#parts = parts;
    this.#report = report;
    this.#isRecording = record;
  }

  /** Compare payments, and the Bookings that they have paid. */
  async compareCharges(charges: readonly ListedCharge[]): Promise<void> {
    const { db } = this.#parts.platform;
    const intents = charges.map(({ intentId }) => intentId);
    const rows = byId(await findEntries(db, intents), 'charge');
    const bookings = await findBookingsByIntents(db, intents);
    for (const charge of charges) {
      const { intentId } = charge;
      this.seen.add(intentId);
      const row = rows.get(intentId);
      const booking = bookings.get(intentId);
      if (booking !== undefined && !isTerminal(booking.step)) continue; // under way
      const bookingId = booking?.id ?? null;
      if (row !== undefined)
        await this.#compareMoney({ subject: intentId, intentId, bookingId }, [
          moneyDifference(row, charge, 'the charge'),
        ]);
      else if (booking === undefined || STATUS_OF[booking.step] === 'DECLINED')
        await this.difference({
          kind: 'stray-charge',
          subject: intentId,
          intentId,
          bookingId,
          says: 'no Booking expects it',
        });
      else
        await this.#missing({ subject: intentId, intentId }, booking, 'the charge', () =>
          this.#recordCharge(charge, booking),
        );
      if (booking !== undefined && STATUS_OF[booking.step] !== 'DECLINED')
        await this.#compareMoney({ subject: intentId, intentId, bookingId }, [
          moneyDifference(booking, charge, 'the total'),
        ]);
    }
    this.note([...bookings.values()]);
  }

  /** Compare refunds. */
  async compareRefunds(listed: readonly ListedRefund[]): Promise<void> {
    const { db } = this.#parts.platform;
    const ids = listed.map(({ refundId }) => refundId);
    const entries = await findEntries(db, ids);
    const [given, returned] = [byId(entries, 'refund'), byId(entries, 'refund_returned')];
    const rows = new Map((await findRefunds(db, ids)).map((row) => [row.id, row]));
    const bookings = await findBookingsByIntents(
      db,
      listed.map(({ intentId }) => intentId),
    );
    const due = await findDueRequests(
      db,
      listed.flatMap(({ intentId, requestId: id }) => {
        const eventId = bookings.get(intentId)?.eventId;
        return eventId === undefined || id === undefined ? [] : [{ eventId, id }];
      }),
    );
    for (const refund of listed) {
      const { refundId, intentId, status, requestId } = refund;
      this.seen.add(refundId);
      if (requestId !== undefined && due.has(requestId)) continue; // under way
      const booking = bookings.get(refund.intentId);
      if (booking === undefined && this.#affected.has(intentId)) continue; // of a stray charge
      if (booking !== undefined && !isTerminal(booking.step)) continue; // under way
      const bookingId = booking?.id ?? null;
      const row = rows.get(refundId);
      const entry = given.get(refundId);
      if (row === undefined || entry === undefined || (isRejected(status) && !returned.has(refundId))) {
        await this.#missing({ subject: refundId, intentId }, booking, 'the refund', () =>
          this.#recordRefund(refund, booking),
        );
        continue;
      }
      await this.#compareMoney({ subject: refundId, intentId, bookingId }, [
        moneyDifference(row, refund, 'the refund'),
        moneyDifference({ ...entry, amount: -entry.amount }, refund, 'its row in the ledger'),
      ]);
      await this.#compareStatus({ subject: refundId, intentId, bookingId }, row.status, status);
    }
    this.note([...bookings.values()]);
  }

  /** Compare disputes with their movements. */
  async compareDisputes(listed: readonly ListedDispute[]): Promise<void> {
    const { db } = this.#parts.platform;
    const rows = new Map(
      (
        await findDisputes(
          db,
          listed.map(({ disputeId }) => disputeId),
        )
      ).map((row) => [row.id, row]),
    );
    const entries = await findEntries(
      db,
      listed.flatMap(({ movements }) => movements.map(({ stripeId }) => stripeId)),
    );
    const bookings = await findBookingsByIntents(
      db,
      listed.map(({ intentId }) => intentId),
    );
    for (const dispute of listed) {
      const { disputeId, intentId, status, movements } = dispute;
      const booking = bookings.get(dispute.intentId);
      const bookingId = booking?.id ?? null;
      const row = rows.get(disputeId);
      const recorded = movements.map(({ stripeId, kind }) => byId(entries, kind).get(stripeId));
      for (const { stripeId } of movements) this.seen.add(stripeId);
      if (row === undefined || recorded.includes(undefined)) {
        await this.#missing({ subject: disputeId, intentId }, booking, 'the dispute', () =>
          this.#recordDispute(dispute, booking),
        );
        continue;
      }
      await this.#compareMoney({ subject: disputeId, intentId, bookingId }, [
        moneyDifference(row, dispute, 'the dispute'),
        ...movements.map((movement, index) =>
          moneyDifference(recorded[index]!, movement, `its ${movement.kind}`),
        ),
      ]);
      await this.#compareStatus({ subject: disputeId, intentId, bookingId }, row.status, status);
    }
  }

  /** Take note of Bookings whose payments `compareKept` compares. */
  note(bookings: readonly BookingRow[]): void {
    for (const { eventId, id, intentId, step } of bookings)
      if (intentId !== null && isTerminal(step)) this.#over.set(intentId, { eventId, id, intentId, step });
  }

  /** At last: compare what the ledger keeps of the Bookings, without those of which a difference is reported. */
  async compareKept(): Promise<void> {
    const over = [...this.#over.values()].filter(({ intentId }) => !this.#affected.has(intentId));
    for (const [eventId, ofEvent] of Map.groupBy(over, (booking) => booking.eventId))
      for (let from = 0; from < ofEvent.length; from += KEPT_PER_READ)
        await this.#compareKeptOf(eventId, ofEvent.slice(from, from + KEPT_PER_READ));
  }

  async #compareKeptOf(eventId: string, bookings: readonly OverBooking[]): Promise<void> {
    const intents = bookings.map(({ intentId }) => intentId);
    const moved = Map.groupBy(
      await readMoneyOf(this.#parts.platform.db, eventId, intents),
      ({ intentId }) => intentId,
    );
    for (const { id: bookingId, intentId, step } of bookings) {
      const rows = moved.get(intentId) ?? [];
      const amount = sum(rows.map(({ charged, refunded, corrected }) => charged - refunded + corrected));
      const left = amount - sum(rows.map(({ disputed }) => disputed)); // of a dispute that was lost nothing is left to refund
      const about = { subject: intentId, bookingId, intentId };
      if (amount < 0)
        await this.difference({ ...about, kind: 'refunded-twice', says: `${-amount} more than was paid` });
      else if (left > 0 && STATUS_OF[step] !== 'CONFIRMED' && STATUS_OF[step] !== 'DECLINED')
        await this.difference({ ...about, kind: 'not-refunded', says: `${left} are kept` });
    }
  }

  /** Report a difference, unless one of its subject is reported. */
  async difference(difference: Difference): Promise<void> {
    if (this.#reported.has(difference.subject)) return;
    this.#reported.add(difference.subject);
    this.#affected.add(difference.intentId);
    this.differences++;
    await this.#report(difference);
  }

  async #compareMoney(
    about: Pick<Difference, 'subject' | 'intentId' | 'bookingId'>,
    found: readonly ReturnType<typeof moneyDifference>[],
  ): Promise<void> {
    const first = found.find((difference) => difference !== null);
    if (first) await this.difference({ ...about, ...first });
  }

  async #compareStatus(
    about: Pick<Difference, 'subject' | 'intentId' | 'bookingId'>,
    recorded: string,
    atStripe: string,
  ): Promise<void> {
    if (recorded === atStripe) return;
    const says = `it is ${recorded}, and at Stripe ${atStripe}`;
    await this.difference({ ...about, kind: 'wrong-status', says });
  }

  async #missing(
    about: Pick<Difference, 'subject' | 'intentId'>,
    booking: BookingRow | undefined,
    what: string,
    record: () => Promise<void>,
  ): Promise<void> {
    const bookingId = booking?.id ?? null;
    await this.difference({ ...about, kind: 'missing-row', bookingId, says: `${what} is not in the ledger` });
    if (this.#isRecording) await record();
  }

  async #recordCharge(charge: ListedCharge, { eventId, id: bookingId }: BookingRow): Promise<void> {
    const payment = { eventId, bookingId, intentId: charge.intentId };
    await this.#write((tx) => recordCharge(tx, payment, charge, 'reconciliation'));
  }

  async #recordRefund(refund: ListedRefund, booking: BookingRow | undefined): Promise<void> {
    const payment = paymentOf(refund, booking);
    if (payment === null) return;
    await this.#write((tx) => recordRefund(tx, payment, refund, 'reconciliation'));
  }

  async #recordDispute(dispute: ListedDispute, booking: BookingRow | undefined): Promise<void> {
    const payment = paymentOf(dispute, booking);
    if (payment === null) return;
    await this.#write((tx) => recordDispute(tx, payment, dispute));
  }

  async #write(rows: (tx: Tx) => Promise<unknown>): Promise<void> {
    await inTransaction(this.#parts.platform, 'payments.recordMissing', rows);
  }
}

function paymentOf(
  { intentId, eventId }: { intentId: string; eventId: string | null },
  booking: BookingRow | undefined,
) {
  const event = booking?.eventId ?? eventId;
  return event === null ? null : { eventId: event, bookingId: booking?.id ?? null, intentId };
}

const byId = (rows: readonly LedgerRow[], kind: LedgerKind): Map<string, LedgerRow> =>
  new Map(rows.filter((row) => row.kind === kind).map((row) => [row.stripeId, row]));

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
