import { sql } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { bookings } from '../tables.ts';
import type { BookingRow } from './bookings.ts';
import { hasUnsettledRefund } from './refund-conditions.ts';

/** Seconds between two polls of a refund: a quarter of the age of its Booking, within these. */
export interface PollIntervals {
  minSeconds: number;
  maxSeconds: number;
}

type UnsettledRefund = Pick<BookingRow, 'eventId' | 'id' | 'intentId' | 'refundId'>;

/**
 * Take Bookings whose refund is due or under way and was not polled lately, oldest first. They count as polled from here on,
 * whatever comes of it; those that a concurrent sweep has locked are left to it.
 */
export async function takeUnsettledRefunds(
  tx: Tx,
  { minSeconds, maxSeconds }: PollIntervals,
  limit: number,
): Promise<UnsettledRefund[]> {
  const { rows } = await tx.execute<{ [Column in keyof UnsettledRefund]: UnsettledRefund[Column] }>(sql`
    /* payments.takeUnsettledRefunds */
    update bookings set updated_at = now()
    where ctid = any(array( -- a join could read all Bookings of an Event for each row
      select ctid from ${bookings}
      where ${hasUnsettledRefund}
        and updated_at < now() - make_interval(secs => ${minSeconds})
        and updated_at < now() - least((now() - created_at) / 4, make_interval(secs => ${maxSeconds}))
      order by updated_at
      limit ${limit}
      for update skip locked
    ))
    returning event_id as "eventId", id, intent_id as "intentId", refund_id as "refundId"`);
  return rows;
}
