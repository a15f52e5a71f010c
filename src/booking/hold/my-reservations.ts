import { z } from 'zod';

import type { ViewerReservationsArgs } from '../../generated/graphql.ts';
import { connectionOf, Cursors, type Connection } from '../../platform/connections.ts';
import type { Db } from '../../platform/db/pool.ts';
import { badInput } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { ReservationRow } from '../store/columns.ts';
import { listReservations } from '../store/reservations.ts';

/** A cursor is the key of the last Reservation of a page. Its creation time is read from the row, which has microseconds. */
const cursors = new Cursors(z.object({ eventId: z.uuid(), id: z.uuid() }));

/** List a viewer's Reservations, newest first. */
export async function myReservations(
  db: Db,
  viewerId: string,
  { event, status, ...page }: ViewerReservationsArgs,
): Promise<Connection<ReservationRow>> {
  const eventId = event == null ? null : decodeIdOf('Event', event)?.id;
  if (eventId === undefined) throw badInput('event', 'is not the id of an Event');
  const requested = cursors.readPage(page);
  const statuses = status == null ? null : [...new Set(status)];
  const rows = await listReservations(db, { viewerId, eventId, statuses }, requested);
  return connectionOf(rows, requested, ({ eventId, id }) => cursors.write({ eventId, id }));
}
