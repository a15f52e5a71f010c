import { sql, type SQL } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { reservations } from '../tables.ts';
import { reservationExpired } from './hold-expiry.ts';

/** The longest overdue Reservations of all Events, or these of one Event. */
export type OverdueScope = { atMost: number } | { eventId: string; ids: readonly string[] };

/**
 * Set Reservations that have run out to EXPIRED, and free their remaining tickets. Returns the number of Reservations.
 *
 * It skips rows that other transactions have locked, and leaves them to the next call; so a transaction that already holds
 * locks can call it without deadlock. A Reservation becomes EXPIRED only when all of its tickets are free, for no later
 * sweep would find them.
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
        offset 0 -- a planner fence: without it Postgres may scan all tickets, every second
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
