import type { Tx } from '../../platform/db/pool.ts';
import { jobs } from '../jobs.ts';
import type { PaidReservation } from '../store/attempts.ts';
import type { BookingKey } from '../store/bookings.ts';

/** Schedule the recovery job of a checkout; it replaces the one that waits. */
export function scheduleRecovery(tx: Tx, { eventId, id }: BookingKey, delaySeconds: number): Promise<void> {
  return jobs.advanceCheckout.enqueue(tx, eventId, { eventId, id }, { key: `checkout:${id}`, delaySeconds });
}

/** Schedule the job that cancels what a Reservation leaves open at Stripe, for the end of its hold. */
export function scheduleClosing(
  tx: Tx,
  { eventId, id }: PaidReservation,
  delaySeconds: number,
): Promise<void> {
  return jobs.closeIntents.enqueue(
    tx,
    eventId,
    { eventId, id },
    { key: `close-intents:${id}`, delaySeconds },
  );
}
