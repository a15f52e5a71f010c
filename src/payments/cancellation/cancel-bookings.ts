import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { STUCK_AFTER_SECONDS } from '../checkout/checkout-deadlines.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { jobs } from '../jobs.ts';
import type { BookingRow } from '../store/bookings.ts';
import {
  countRefundsDue,
  findConfirmedBookings,
  readCancellationAge,
  settleCancellation,
} from '../store/event-cancellations.ts';
import { findStuckCancellations } from '../store/stuck-rows.ts';
import { releaseAndRefund } from './release-and-refund.ts';

/** Where a run of the job goes on. */
interface Position {
  eventId: string;
  /** Id of the last Booking of the run before; null: from the first one. */
  after: string | null;
}

/** Bookings that a run cancels, each in a transaction of its own. */
const BATCH = 50;

/** Refunds of an Event that may be due at once: more would wait for Stripe's limit, each with a job. */
const MAX_REFUNDS_DUE = 200;

/** A refund that is due for longer was probably refused, as of a disputed charge: it holds up no other one. */
const REFUSED_AFTER_SECONDS = 5 * 60;

const BETWEEN_BATCHES_SECONDS = 0.5;
/** While refunds wait for Stripe, which may be away. */
const WHILE_FULL_SECONDS = 5;

/** Pace of the look at a cancellation whose Bookings are all cancelled, by its age. */
const MIN_SETTLING_SECONDS = 15;
const MAX_SETTLING_SECONDS = 60 * 60;

/** Schedule the job that cancels the Bookings of a cancelled Event; it replaces the one that waits. */
export function scheduleCancelling(tx: Tx, position: Position, delaySeconds: number): Promise<void> {
  const options = { key: `cancel-bookings:${position.eventId}`, delaySeconds, isDeferrable: true };
  return jobs.cancelBookings.enqueue(tx, position.eventId, position, options);
}

/**
 * Run the job of a cancelled Event: cancel a batch of its Bookings, whose refunds are then made by the job of each, and schedule
 * the next run until the cancellation is settled. A run that is repeated cancels nothing twice.
 */
export async function cancelBookings(checkouts: Checkouts, { eventId, after }: Position): Promise<void> {
  const { platform } = checkouts;
  const age = await readCancellationAge(platform.db, eventId);
  if (age === null) return; // settled
  const next = (position: Position, delaySeconds: number) =>
    inTransaction(platform, 'payments.continueCancelling', (tx) =>
      scheduleCancelling(tx, position, delaySeconds),
    );

  const due = { seconds: REFUSED_AFTER_SECONDS, limit: MAX_REFUNDS_DUE };
  if ((await countRefundsDue(platform.db, eventId, due)) >= MAX_REFUNDS_DUE)
    return next({ eventId, after }, WHILE_FULL_SECONDS);
  const batch = await findConfirmedBookings(platform.db, { eventId, after, limit: BATCH });
  for (const booking of batch) {
    if ((await cancelOne(checkouts, booking)) !== null)
      await checkouts.atCrashPoint('cancelling', booking.id);
  }
  if (batch.length === BATCH) return next({ eventId, after: batch.at(-1)!.id }, BETWEEN_BATCHES_SECONDS);

  const settled = await inTransaction(platform, 'payments.settleCancellation', (tx) =>
    settleCancellation(tx, eventId),
  );
  if (settled) return platform.log.info({ eventId }, 'cancelled event settled');
  await next(
    { eventId, after: null },
    Math.min(Math.max(age / 4, MIN_SETTLING_SECONDS), MAX_SETTLING_SECONDS),
  );
}

/** An error of one Booking does not keep the others: the next pass comes back to it. */
async function cancelOne(checkouts: Checkouts, booking: BookingRow): Promise<BookingRow | null> {
  const { eventId, id: bookingId } = booking;
  try {
    return await releaseAndRefund(checkouts, booking, 0);
  } catch (error) {
    checkouts.platform.log.error(
      { err: error, eventId, bookingId },
      'booking of a cancelled event not cancelled',
    );
    await checkouts.alarm('cancellation-stuck', { subject: bookingId }, { bookingId, eventId });
    return null;
  }
}

/** Events per sweep; the next one continues. */
const MAX_STUCK = 100;

/** Schedule the job of each cancelled Event that lost it, because its worker was killed or its runs are exhausted. Returns how many. */
export function resumeCancelling(
  { platform }: Pick<Checkouts, 'platform'>,
  { idleSeconds = STUCK_AFTER_SECONDS } = {},
): Promise<number> {
  return inTransaction(platform, 'payments.resumeCancelling', async (tx) => {
    const stuck = await findStuckCancellations(tx, idleSeconds, MAX_STUCK);
    for (const eventId of stuck) await scheduleCancelling(tx, { eventId, after: null }, 0);
    return stuck.length;
  });
}
