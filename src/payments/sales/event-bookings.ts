import { z } from 'zod';

import { readReservationIdsOf } from '../../booking/index.ts';
import type { EventBookingsArgs } from '../../generated/graphql.ts';
import { MAX_SUBJECT_LENGTH } from '../../platform/auth/viewer.ts';
import { connectionOf, Cursors, type Connection } from '../../platform/connections.ts';
import type { Db } from '../../platform/db/pool.ts';
import { badInput } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { findBooking, listBookings, type BookingRow } from '../store/bookings.ts';
import { listEventBookings } from '../store/event-bookings.ts';

const cursors = new Cursors(z.object({ eventId: z.uuid(), id: z.uuid() }));

/** List the Bookings of an Event, newest first. The caller has checked that the viewer may. Throws BAD_USER_INPUT. */
export async function eventBookings(
  db: Db,
  eventId: string,
  { booking, buyer, ...page }: EventBookingsArgs,
): Promise<Connection<BookingRow>> {
  const requested = cursors.readPage(page);
  if (requested.after !== null && requested.after.eventId !== eventId)
    throw badInput('after', 'is not a cursor of this list');
  const viewerId = buyer ?? null;
  if (viewerId !== null && ([...viewerId].length > MAX_SUBJECT_LENGTH || viewerId.includes('\0')))
    throw badInput('buyer', 'is not the `sub` of a token');
  const rows = await read();
  return connectionOf(rows, requested, ({ id }) => cursors.write({ eventId, id }));

  async function read(): Promise<BookingRow[]> {
    if (booking == null) {
      if (viewerId === null) return listEventBookings(db, eventId, requested);
      const reservationIds = await readReservationIdsOf(db, eventId, viewerId);
      return listBookings(db, { viewerId, atEvent: { eventId, reservationIds }, steps: null }, requested);
    }
    const key = decodeIdOf('Booking', booking);
    if (key === null) throw badInput('booking', 'is not the id of a Booking');
    if (key.eventId !== eventId || requested.after !== null) return [];
    const found = (await findBooking(db, key))?.booking;
    return found && (viewerId === null || found.viewerId === viewerId) ? [found] : [];
  }
}
