import { lockReservation } from '../../booking/index.ts';
import { changesBetween, findEvent, recordAudit, type EventRow } from '../../catalog/index.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import { idempotentCall, recall, remember } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import { decodeIdOf, newId } from '../../platform/ids.ts';
import { idempotencyKeyReused, invalidInput, validateIdempotencyKey } from '../../platform/outcomes.ts';
import { cleanLine } from '../../platform/text/clean.ts';
import { lengthProblem } from '../../platform/text/visible.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { listDisputesOf } from '../ledger/disputes.ts';
import { bookingNotFound, bookingNotRefundable, refundAccepted, type RefundRefusal } from '../outcomes.ts';
import { findBooking, type BookingKey, type BookingRow } from '../store/bookings.ts';
import {
  findRequest,
  insertRequest,
  lockBooking,
  readRefunded,
  type RefundRequest,
} from '../store/refund-requests.ts';
import { scheduleRefund } from './make-refund.ts';

/** Refunds of one Booking that an organiser can decide on. */
const MAX_REFUNDS_PER_BOOKING = 100;
const MAX_REASON_LENGTH = 200;

type Accepted = ReturnType<typeof refundAccepted>;

/** What an organiser asks for, apart from the refund itself. */
interface RefundCall {
  booking: string;
  reason?: string | null | undefined;
  idempotencyKey: string;
}

/** A confirmed Booking, locked with its Reservation, and what is left of its payment after the refunds that were made or are due. */
export interface Refundable {
  booking: BookingRow;
  left: number;
}

/** What a use case has decided on, in the transaction; `state`: who makes it. */
export interface Decision extends Pick<RefundRequest, 'places' | 'amount'> {
  state: 'due' | 'covered' | 'whole';
  /** For the audit trail. */
  details: Readonly<Record<string, unknown>>;
}

/**
 * Decide on a refund of a Booking at the viewer's own Event, in one transaction: `decide` takes tickets back or aborts; the request to
 * Stripe is made by a job after the commit.
 */
export async function decideRefund<Refusal extends { __typename: string }>(
  { platform }: Pick<Checkouts, 'platform'>,
  viewer: Viewer,
  useCase: 'refundTickets' | 'refundAmount',
  input: RefundCall,
  decide: (tx: Tx, refundable: Refundable, abort: Abort<Refusal>) => Promise<Decision>,
): Promise<Accepted | RefundRefusal | Refusal> {
  const { idempotencyKey, ...details } = input;
  const reason = input.reason == null ? null : cleanLine(input.reason, MAX_REASON_LENGTH);
  const problems = validateIdempotencyKey(idempotencyKey);
  const tooLong = reason === null ? null : lengthProblem(reason, MAX_REASON_LENGTH);
  if (tooLong !== null) problems.push({ path: ['reason'], message: tooLong });
  if (problems.length > 0) return invalidInput(problems);

  const { db } = platform;
  const key = decodeIdOf('Booking', input.booking);
  const found = await findOwnBooking(db, viewer, key);
  if (found === null) return bookingNotFound();
  const { booking, event } = found;
  const { eventId } = booking;
  const call = idempotentCall({ eventId, viewerId: viewer.id, key: idempotencyKey }, useCase, details);
  const answerOf = async (recalled: Awaited<ReturnType<typeof recall>>) => {
    if (recalled === null) return null;
    if (recalled === 'reused') return idempotencyKeyReused(idempotencyKey);
    const request = await findRequest(db, recalled.answer);
    const current = request && (await findBooking(db, { eventId, id: request.bookingId }))?.booking;
    return current ? refundAccepted(current, request) : idempotencyKeyReused(idempotencyKey);
  };
  const earlier = await answerOf(await recall(db, call));
  if (earlier !== null) return earlier;

  const outcome = await inTransaction(
    platform,
    'payments.decideRefund',
    async (tx, abort: Abort<RefundRefusal | Refusal>): Promise<Accepted | RefundRefusal | Refusal> => {
      const refundable = await lockRefundable(tx, booking, event, abort);
      const decision = await decide(tx, refundable, abort);
      const { details: audited, ...decided } = decision;
      const { id: bookingId, currency } = booking;
      const request = { eventId, id: newId(), bookingId, currency, reason, actor: viewer.id, ...decided };
      await insertRequest(tx, request);
      if (request.state === 'due') await scheduleRefund(tx, request, 0);
      const changes = { booking: input.booking, ...audited, amount: request.amount, reason };
      await recordAudit(tx, viewer, event, useCase, changesBetween({}, changes));
      // a concurrent call with the same key committed first; its outcome is recalled
      if (!(await remember(tx, call, { eventId, id: request.id })))
        return abort(idempotencyKeyReused(idempotencyKey));
      const after = (await findBooking(tx, booking))!.booking;
      return refundAccepted(after, request);
    },
  );
  if (outcome.__typename === 'RefundAccepted') return outcome;
  return (await answerOf(await recall(db, call))) ?? outcome;
}

async function findOwnBooking(
  db: Checkouts['platform']['db'],
  viewer: Viewer,
  key: BookingKey | null,
): Promise<{ booking: BookingRow; event: EventRow } | null> {
  const booking = key && (await findBooking(db, key))?.booking;
  const event = booking && (await findEvent(db, booking.eventId));
  return event && mayActFor(viewer, event.organiserId) ? { booking, event } : null;
}

/** Lock a Booking behind its Reservation, in the order of every other transaction, and read what is left of its payment. */
async function lockRefundable(
  tx: Tx,
  { eventId, id, reservationId }: BookingRow,
  { archivingSince }: EventRow,
  abort: Abort<RefundRefusal>,
): Promise<Refundable> {
  const reservation = await lockReservation(tx, { eventId, id: reservationId });
  const booking = (await lockBooking(tx, { eventId, id }))!;
  const refuse = (message: string) => abort(bookingNotRefundable(booking, message));
  // the archive may have begun since, and have moved the Reservation
  if (archivingSince !== null || reservation === null) return refuse('The Event is archived.');
  if (booking.step !== 'confirmed') return refuse('Only a confirmed booking can be refunded.');
  const disputed = (await listDisputesOf(tx, booking)).some(({ status }) => !REFUNDABLE_DISPUTES.has(status));
  if (disputed)
    return refuse('The payment is disputed, or its dispute is lost: the bank gives the money back.');
  const { made, due, requests } = await readRefunded(tx, booking);
  if (requests >= MAX_REFUNDS_PER_BOOKING)
    return refuse(`The booking has had ${MAX_REFUNDS_PER_BOOKING} refunds, which is the limit.`);
  return { booking, left: Math.max(booking.amount - made - due, 0) };
}

/** Ended for the shop, or an inquiry, during which Stripe refunds (docs.stripe.com/disputes/how-disputes-work). */
const REFUNDABLE_DISPUTES: ReadonlySet<string> = new Set([
  'won',
  'warning_closed',
  'warning_needs_response',
  'warning_under_review',
]);
