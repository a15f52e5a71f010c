import { and, asc, count, eq, gte, lt, sql, type SQL } from 'drizzle-orm';

import { formerEventLocks } from '../../platform/db/advisory-locks.ts';
import { lockEventRows } from '../../platform/db/event-locks.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import { areTickets, ticketColumns, type TicketRow } from './columns.ts';
import { ticketIsFree } from './hold-expiry.ts';

/** Primary key of a ticket. */
export interface TicketKey {
  eventId: string;
  place: number;
}

/** Places from `from` up to, not including, `to`. */
export interface PlaceRange {
  from: number;
  to: number;
}

/**
 * Read tickets at places of Events, in any order. One probe of the key per place, behind a planner fence: by statistics that
 * know nothing of an Event, Postgres may read all of its tickets.
 */
export async function readTickets(db: DbOrTx, places: readonly TicketKey[]): Promise<TicketRow[]> {
  const { rows } = await db.execute<ProbedTicket>(sql`
    /* booking.readTickets */
    ${probe(sql`tickets`, places)}`);
  return rows.map(readProbed);
}

/** The same of archived tickets. */
export async function readArchivedTickets(db: DbOrTx, places: readonly TicketKey[]): Promise<TicketRow[]> {
  const { rows } = await db.execute<ProbedTicket>(sql`
    /* booking.readArchivedTickets: plan anew */
    ${probe(sql`archived_tickets as tickets`, places)}`);
  return rows.map(readProbed);
}

type ProbedTicket = Record<keyof TicketRow, unknown>;

function probe(table: SQL, places: readonly TicketKey[]): SQL {
  const eventIds = sql`${sql.param(places.map(({ eventId }) => eventId))}::uuid[]`;
  return sql`
    select found.* from unnest(${eventIds}, ${sql.param(places.map(({ place }) => place))}::int[]) as wanted (event_id, place)
    cross join lateral (
      select ${tickets.eventId} as "eventId", ${tickets.place}, ${tickets.tier}, ${ticketColumns.status} as status,
        ${tickets.version}, ${tickets.reservationId} as "reservationId", ${tickets.heldUntil} as "heldUntil"
      from ${table}
      where ${tickets.eventId} = wanted.event_id and ${tickets.eventId} = any(${eventIds}) and ${tickets.place} = wanted.place
      offset 0
    ) as found`;
}

const readProbed = (row: ProbedTicket): TicketRow => ({
  ...(row as TicketRow),
  heldUntil: row.heldUntil === null ? null : (tickets.heldUntil.mapFromDriverValue(row.heldUntil) as Date),
});

/** Count the sold tickets of an Event. */
export async function countSoldTickets(db: DbOrTx, eventId: string): Promise<number> {
  const [row] = await named(db, 'booking.countSoldTickets')
    .select({ sold: count() })
    .from(tickets)
    .where(and(eq(tickets.eventId, eventId), eq(tickets.status, 'SOLD')));
  return row!.sold;
}

/** Read which of the places the viewer cannot have: other viewers have them, or they are blocked. */
export async function readPlacesOfOthers(
  db: DbOrTx,
  eventId: string,
  places: readonly number[],
  viewerId: string,
): Promise<number[]> {
  const rows = await named(db, 'booking.readPlacesOfOthers')
    .select({ place: tickets.place })
    .from(tickets)
    .where(
      and(
        areTickets(eventId, places),
        sql`not ${ticketIsFree(tickets)}`,
        sql`not exists (
          select 1 from ${reservations}
          where ${reservations.eventId} = ${tickets.eventId} and ${reservations.id} = ${tickets.reservationId}
            and ${reservations.viewerId} = ${viewerId}
        )`,
      ),
    )
    .orderBy(asc(tickets.place));
  return rows.map(({ place }) => place);
}

/**
 * Lock the tickets at these places in order of place, and read them. `skipLocked` omits tickets that other transactions
 * have locked instead of waiting for them.
 */
export async function lockTickets(
  tx: Tx,
  eventId: string,
  places: readonly number[],
  { rowLocks, skipLocked = false }: { rowLocks: boolean; skipLocked?: boolean } = { rowLocks: true },
): Promise<TicketRow[]> {
  const query = named(tx, 'booking.lockTickets')
    .select(ticketColumns)
    .from(tickets)
    .where(areTickets(eventId, places))
    .orderBy(asc(tickets.place))
    .$dynamic();
  return rowLocks ? query.for('update', skipLocked ? { skipLocked } : {}) : query;
}

/**
 * Lock up to `limit` free tickets of a range, in order of place. Tickets that other transactions have locked are skipped
 * or waited for.
 */
export async function lockFreeTickets(
  tx: Tx,
  eventId: string,
  range: PlaceRange,
  limit: number,
  { rowLocks, skipLocked }: { rowLocks: boolean; skipLocked: boolean },
): Promise<TicketRow[]> {
  const query = named(tx, 'booking.lockFreeTickets')
    .select(ticketColumns)
    .from(tickets)
    .where(and(inRange(eventId, range), ticketIsFree(tickets)))
    .orderBy(asc(tickets.place))
    .limit(limit)
    .$dynamic();
  return rowLocks ? query.for('update', skipLocked ? { skipLocked: true } : {}) : query;
}

/** Count the free tickets of a range, including those that other transactions have locked. */
export async function countFreeTickets(db: DbOrTx, eventId: string, range: PlaceRange): Promise<number> {
  const [row] = await named(db, 'booking.countFreeTickets')
    .select({ free: count() })
    .from(tickets)
    .where(and(inRange(eventId, range), ticketIsFree(tickets)));
  return row?.free ?? 0;
}

/** Character code of a free ticket in `readFree`. */
const FREE = 'A'.charCodeAt(0);

/**
 * Read the tickets of an Event by place; 1 is free. Postgres returns one string: 100 kB for a hundred thousand tickets,
 * instead of as many rows.
 */
export async function readFree(db: DbOrTx, eventId: string, places: number): Promise<Uint8Array> {
  const [row] = await named(db, 'booking.readFree')
    .select({
      letters: sql<
        string | null
      >`string_agg(case when ${ticketIsFree(tickets)} then 'A' else '-' end, '' order by ${tickets.place})`,
    })
    .from(tickets)
    .where(eq(tickets.eventId, eventId));
  const letters = Buffer.from(row?.letters ?? '', 'latin1');
  const free = new Uint8Array(places);
  for (let place = 0; place < places; place++) if (letters[place] === FREE) free[place] = 1;
  return free;
}

/** Read which of the places are free. */
export async function readFreePlaces(
  db: DbOrTx,
  eventId: string,
  places: readonly number[],
): Promise<Set<number>> {
  const rows = await named(db, 'booking.readFreePlaces')
    .select({ place: tickets.place })
    .from(tickets)
    .where(and(areTickets(eventId, places), ticketIsFree(tickets)));
  return new Set(rows.map(({ place }) => place));
}

/**
 * Lock rows of seats, each by the start of its line, until the transaction ends, for the orphan rule. In ascending order, so that
 * transactions do not deadlock.
 */
export async function lockRows(tx: Tx, eventId: string, lineStarts: readonly number[]): Promise<void> {
  await tx.execute(sql`
    /* booking.lockRows */
    select pg_advisory_xact_lock(${formerEventLocks.row(eventId, sql`place`)})
    from (select place from unnest(${sql.param(lineStarts)}::int[]) as place order by place) as rows_in_order`);
  await lockEventRows(tx, eventId, 'row', lineStarts);
}

/** Numbers of tickets that buyers have. */
export interface TakenTickets {
  sold: number;
  held: number;
}

/**
 * Lock every ticket of an Event, in order of place, and count those that buyers have. A hold counts for a minute after it has run
 * out, unless it was swept: until then a transaction that began before may extend it for a payment.
 */
export async function lockAllTickets(tx: Tx, eventId: string): Promise<TakenTickets> {
  const { rows } = await tx.execute<TakenTickets & Record<string, unknown>>(sql`
    /* booking.lockAllTickets */
    with locked as (
      select ${tickets.status}, ${tickets.heldUntil} from ${tickets}
      where ${tickets.eventId} = ${eventId}
      order by ${tickets.place}
      for update
    )
    select (count(*) filter (where status = 'SOLD'))::int as sold,
      (count(*) filter (where status = 'RESERVED' and held_until > now() - interval '1 minute'))::int as held
    from locked`);
  return rows[0]!;
}

/** Serialise exclusive choices at an Event until the transaction ends. */
export async function lockChoosing(tx: Tx, eventId: string): Promise<void> {
  await tx.execute(sql`
    /* booking.lockChoosing */
    select pg_advisory_xact_lock(${formerEventLocks.choosing(eventId)})`);
  await lockEventRows(tx, eventId, 'choosing', [0]);
}

function inRange(eventId: string, { from, to }: PlaceRange) {
  return and(eq(tickets.eventId, eventId), gte(tickets.place, from), lt(tickets.place, to));
}
