import { z } from 'zod';

import { findReservation } from '../../booking/index.ts';
import { findBooking, type BookingRow } from '../../payments/index.ts';
import { defineJob, type JobHandler } from '../../platform/db/jobs.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Platform } from '../../platform/index.ts';
import { endVisitOfBuyer, endVisitOfPurchase, type Line, type Purchase } from '../../waiting-room/index.ts';

/** Ends the buyer's visit of a waiting room in the transaction that confirms a Booking. */
export const endVisitOnConfirm = (tx: Tx, booking: BookingRow): Promise<void> =>
  endVisitOfPurchase(tx, purchaseOf(booking));

/** Frees the slot of the buyer's visit once a Booking is confirmed. */
export const endVisit = defineJob(
  'waiting-room.end-visit',
  z.object({ eventId: z.string(), id: z.string() }),
);

/** The handler: it does nothing for Events without a room. */
export function endVisitHandler(platform: Pick<Platform, 'db' | 'metrics'>, line: Line): JobHandler {
  return endVisit.handler(async (key) => {
    const found = await findBooking(platform.db, key);
    if (found !== null) await endVisitOfBuyer(platform, line, purchaseOf(found.booking));
  });
}

const purchaseOf = ({ eventId, viewerId, reservationId }: BookingRow): Purchase => ({
  eventId,
  viewerId,
  reservedAt: async (tx) => (await findReservation(tx, eventId, reservationId))?.createdAt ?? null,
});
