/** The sweep of expired holds before it was taken apart: 30 seconds and more once a sale has begun, for ever. */
export const OLD_SWEEP = `
    with overdue as (
      select event_id, id, places from reservations
      where status = 'HELD' and held_until <= now() and true order by held_until limit $1
      for update skip locked
    ),
    theirs as materialized (
      select overdue.event_id, held.place, overdue.id as reservation_id
      from overdue
      cross join unnest(overdue.places) as held(place)
      cross join lateral (
        select reservation_id, status from tickets
        where tickets.event_id = overdue.event_id and tickets.place = held.place
        offset 0
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
      )`;
