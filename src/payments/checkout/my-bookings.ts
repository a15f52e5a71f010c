import { z } from 'zod';

import { readReservationIdsOf } from '../../booking/index.ts';
import type { ViewerBookingsArgs } from '../../generated/graphql.ts';
import { connectionOf, Cursors, type Connection } from '../../platform/connections.ts';
import type { Db } from '../../platform/db/pool.ts';
import { badInput } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { stepsWithStatus } from '../checkout-steps.ts';
import { listBookings, type BookingRow } from '../store/bookings.ts';

/** A cursor holds the key of the last Booking of a page. The query reads its `created_at`: JSON would cut the microseconds. */
const cursors = new Cursors(z.object({ eventId: z.uuid(), id: z.uuid() }));

/** List a viewer's Bookings, newest first. */
export async function myBookings(
  db: Db,
  viewerId: string,
  { event, status, ...page }: ViewerBookingsArgs,
): Promise<Connection<BookingRow>> {
  const eventId = event == null ? null : decodeIdOf('Event', event)?.id;
  if (eventId === undefined) throw badInput('event', 'is not the id of an Event');
  const requested = cursors.readPage(page);
  const atEvent =
    eventId === null ? null : { eventId, reservationIds: await readReservationIdsOf(db, eventId, viewerId) };
  const rows = await listBookings(
    db,
    { viewerId, atEvent, steps: status ? stepsWithStatus(status) : null },
    requested,
  );
  return connectionOf(rows, requested, ({ eventId, id }) => cursors.write({ eventId, id }));
}
