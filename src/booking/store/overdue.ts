import { sql, type SQL } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { reservations } from '../tables.ts';
import { reservationExpired } from './conditions.ts';

/** Which Reservations to look at: the longest overdue of all Events, or these of one. */
export type OverdueScope = { atMost: number } | { eventId: string; ids: readonly string[] };

/**
 * Write down that Reservations have run out, and free the tickets they still have. Returns how many.
 *
 * It waits for nobody: what somebody else has locked right now stays for the next time. So it can be called by
 * whoever holds locks already, in whatever order. A Reservation counts as EXPIRED only once all of its tickets
 * are let go, so that none is left behind that nobody would look at again.
 */
export async function expireOverdue(tx: Tx, which: OverdueScope): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    /* booking.expireOverdue */
    with overdue as (
      select event_id, id, places from reservations
      where ${reservationExpired(reservations)} and ${scopeOf(which)}
      for update skip locked
    ),
    theirs as materialized (
      select overdue.event_id, held.place, overdue.id as reservation_id
      from overdue
      cross join unnest(overdue.places) as held(place)
      cross join lateral (
        select reservation_id, status from tickets
        where tickets.event_id = overdue.event_id and tickets.place = held.place
        offset 0 -- or Postgres may decide to read all tickets instead, every second
      ) as ticket
      where ticket.reservation_id = overdue.id and ticket.status = 'RESERVED'
    ),
    locked as (
      select ticket.event_id, ticket.place
      from tickets ticket
      join theirs on theirs.event_id = ticket.event_id and theirs.place = ticket.place
      where ticket.reservation_id = theirs.reservation_id and ticket.status = 'RESERVED'
      for update of ticket skip locked
    ),
    freed as (
      update tickets ticket
      set status = 'AVAILABLE', reservation_id = null, held_until = null, version = ticket.version + 1
      from locked
      where ticket.event_id = locked.event_id and ticket.place = locked.place
      returning ticket.event_id, ticket.place
    )
    update reservations reservation
    set status = 'EXPIRED'
    from overdue
    where reservation.event_id = overdue.event_id and reservation.id = overdue.id
      and not exists (
        select 1 from theirs
        where theirs.event_id = overdue.event_id and theirs.reservation_id = overdue.id
          and not exists (
            select 1 from freed where freed.event_id = theirs.event_id and freed.place = theirs.place
          )
      )`);
  return rowCount ?? 0;
}

function scopeOf(which: OverdueScope): SQL {
  return 'atMost' in which
    ? sql`true order by held_until limit ${which.atMost}`
    : sql`event_id = ${which.eventId} and id = any(${sql.param(which.ids)}::uuid[])`;
}
