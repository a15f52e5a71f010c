import { enqueue } from '../../platform/db/jobs.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { BookingKey } from '../store/bookings.ts';

/** Have the recovery job look at a checkout so many seconds from now, instead of whenever it would have. */
export function scheduleRecovery(tx: Tx, { eventId, id }: BookingKey, delaySeconds: number): Promise<void> {
  return enqueue(tx, 'payments.advance-checkout', { eventId, id }, { key: `checkout:${id}`, delaySeconds });
}
