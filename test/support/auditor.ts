import { sql } from 'drizzle-orm';

import type { Db } from '../../src/platform/db/pool.ts';

// Reads the database only and states the rules independently of the code under test, so that one mistake cannot be in
// both.

/** Record every change of a ticket from now on, in the order in which it was made. Call it once per database. */
export async function recordTickets(db: Db): Promise<void> {
  await db.execute(sql`
    create table audit_tickets (
      number bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      began timestamptz not null default now(),
      event_id uuid not null, place integer not null,
      old_status text not null, old_reservation uuid, old_held_until timestamptz, old_version integer not null,
      new_status text not null, new_reservation uuid, new_held_until timestamptz, new_version integer not null
    )`);
  await db.execute(sql`
    create function audit_ticket() returns trigger language plpgsql as $$
    begin
      insert into audit_tickets (
        event_id, place, old_status, old_reservation, old_held_until, old_version,
        new_status, new_reservation, new_held_until, new_version
      ) values (
        old.event_id, old.place, old.status, old.reservation_id, old.held_until, old.version,
        new.status, new.reservation_id, new.held_until, new.version
      );
      return null;
    end $$`);
  await db.execute(sql`
    create trigger audit_ticket after update on tickets for each row execute function audit_ticket()`);
}

/** Invariants by number; each query returns violations. */
const RULES = {
  'I1: two Reservations have the same place': sql`
    with claims as (
      select event_id, id, unnest(places) as place from reservations
      where status = 'BOOKED' or (status = 'HELD' and held_until > now())
    )
    select event_id, place, array_agg(id) as reservations from claims group by event_id, place having count(*) > 1`,

  'I1: two live Bookings have the same place': sql`
    select event_id, place from booking_tickets where cancelled_at is null
    group by event_id, place having count(*) > 1`,

  'I1: a Reservation lacks one of its places': sql`
    select r.event_id, r.id, wanted.place, t.status, t.reservation_id
    from reservations r
    cross join unnest(r.places) as wanted(place)
    left join tickets t on t.event_id = r.event_id and t.place = wanted.place
    where (r.status = 'BOOKED' and (t.status, t.reservation_id) is distinct from ('SOLD'::ticket_status, r.id))
      or (r.status = 'HELD' and r.held_until > now()
        and (t.status, t.reservation_id, t.held_until)
          is distinct from ('RESERVED'::ticket_status, r.id, r.held_until))`,

  'I1: a ticket belongs to a Reservation that does not have it': sql`
    select t.event_id, t.place, t.status, t.reservation_id, r.status as reservation_status
    from tickets t
    left join reservations r on r.event_id = t.event_id and r.id = t.reservation_id
    where (t.status = 'SOLD' and (r.status is distinct from 'BOOKED' or not t.place = any(r.places)))
      or (t.status = 'RESERVED' and t.held_until > now()
        and (r.status is distinct from 'HELD' or not t.place = any(r.places)))`,

  'I1: a place was sold and sold again without coming back': sql`
    select event_id, place, number from audit_tickets where old_status = 'SOLD' and new_status not in ('AVAILABLE', 'BLOCKED')`,

  'I1: a hold was taken away before its time': sql`
    select event_id, place, number, old_reservation, new_reservation
    from audit_tickets
    where old_status = 'RESERVED' and new_status in ('RESERVED', 'SOLD', 'BLOCKED')
      and new_reservation is distinct from old_reservation and old_held_until > at`,

  'I2: a section or tier does not add up to its capacity': sql`
    with sections as (
      select e.id as event_id, s ->> 'key' as key, (s ->> 'firstPlace')::int as first, (s ->> 'places')::int as places
      from events e
      join seating_plans p on p.id = e.seating_plan_id
      cross join jsonb_array_elements(p.layout -> 'sections') as s
      where e.status = 'ON_SALE'
    )
    select sections.event_id, sections.key, sections.places,
      count(t.*) filter (where t.status in ('AVAILABLE', 'RESERVED', 'SOLD', 'BLOCKED')) as counted
    from sections
    left join tickets t on t.event_id = sections.event_id
      and t.place >= sections.first and t.place < sections.first + sections.places
    group by sections.event_id, sections.key, sections.places
    having count(t.*) filter (where t.status in ('AVAILABLE', 'RESERVED', 'SOLD', 'BLOCKED')) <> sections.places`,

  'I2: a ticket has a place or price that the Event does not have': sql`
    select t.event_id, t.place, t.tier
    from tickets t
    join events e on e.id = t.event_id
    join seating_plans p on p.id = e.seating_plan_id
    left join price_tiers on price_tiers.event_id = t.event_id and price_tiers.tier = t.tier
    where t.place < 0 or t.place >= p.places or coalesce(price_tiers.amount_minor, price_tiers.amount) is null`,

  'I3: a Reservation costs something else than its tickets': sql`
    select r.event_id, r.id, coalesce(r.amount_minor, r.amount), sum(coalesce(p.amount_minor, p.amount)) as tickets
    from reservations r
    join tickets t on t.event_id = r.event_id and t.place = any(r.places)
    join price_tiers p on p.event_id = t.event_id and p.tier = t.tier
    where not exists ( -- tests that change prices know what each order has to cost; auditMoney knows of tickets given back
      select 1 from event_audit a
      where a.event_id = r.event_id and a.mutation in ('changePrices', 'withdrawEvent', 'refundTickets'))
    group by r.event_id, r.id, r.amount_minor, r.amount having sum(coalesce(p.amount_minor, p.amount)) <> coalesce(r.amount_minor, r.amount)`,

  'I4: a place was bought while another buyer had it': sql`
    select event_id, place, number from audit_tickets
    where new_status = 'SOLD' and not (
      old_status = 'AVAILABLE' or (old_status = 'RESERVED' and (old_reservation = new_reservation or old_held_until <= at))
    )`,

  'I4: the versions of a ticket do not count its changes': sql`
    select event_id, place, array_agg(new_version order by number) as versions
    from (
      select *, new_version - row_number() over (partition by event_id, place order by number) as offset_of
      from audit_tickets
    ) changes
    group by event_id, place
    having bool_or(new_version <> old_version + 1) or min(offset_of) <> max(offset_of)`,

  'limit: a buyer has more tickets than the Event allows': sql`
    select r.event_id, r.viewer_id, sum(cardinality(r.places)) as has, e.ticket_limit
    from reservations r join events e on e.id = r.event_id
    where r.status = 'BOOKED' or (r.status = 'HELD' and r.held_until > now())
    group by r.event_id, r.viewer_id, e.ticket_limit
    having sum(cardinality(r.places)) > e.ticket_limit`,
} as const;

/** List violated invariants; every booking test ends with an empty list. */
export async function audit(db: Db): Promise<string[]> {
  const findings: string[] = [];
  for (const [rule, query] of Object.entries(RULES)) {
    for (const row of (await db.execute(query)).rows) findings.push(`${rule}: ${JSON.stringify(row)}`);
  }
  return findings;
}
