import { sql, type SQL } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';

import { instant } from '../platform/instant-column.ts';

/**
 * AVAILABLE  can be reserved
 * RESERVED   held by `reservation_id` until `held_until`; available afterwards, even before this column is updated
 * SOLD       owned through a Booking
 * BLOCKED    withheld from sale by the organiser
 */
export const ticketStatus = pgEnum('ticket_status', ['AVAILABLE', 'RESERVED', 'SOLD', 'BLOCKED']);

// No foreign key to `events`: each insert would lock the Event's row in share mode, and ten thousand buyers of one Event
// would queue for that row. Only publishing creates tickets, and Events are never deleted.

// A row is moved to the archive as it is, so the tables have the same columns.
const ticketFields = () => ({
  eventId: uuid('event_id').notNull(),
  place: integer('place').notNull(),
  tier: smallint('tier').notNull(),
  status: ticketStatus('status').notNull().default('AVAILABLE'),
  version: integer('version').notNull().default(0), // incremented by every update; orders the changes in the change feed
  reservationId: uuid('reservation_id'),
  heldUntil: instant('held_until'),
});

/** One place at one Event. Narrow, and indexed columns are never updated, so that updates stay on their page (HOT). */
export const tickets = pgTable('tickets', ticketFields(), (table) => [
  primaryKey({ columns: [table.eventId, table.place] }),
  check(
    'tickets_say_who_has_them',
    sql`case ${table.status}
        when 'RESERVED' then ${table.reservationId} is not null and ${table.heldUntil} is not null
        when 'SOLD' then ${table.reservationId} is not null and ${table.heldUntil} is null
        else ${table.reservationId} is null and ${table.heldUntil} is null
      end`,
  ),
]);

/**
 * How many tickets of an Event can be had, and how many of them are wheelchair-accessible, counted some seconds ago at most while
 * it is on sale. Searches ask this in place of up to 100,000 tickets of each Event.
 */
export const eventStock = pgTable(
  'event_stock',
  {
    eventId: uuid('event_id').primaryKey(),
    available: integer('available').notNull(),
    accessible: integer('accessible').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (table) => [index('event_stock_by_age').on(table.countedAt)],
);

/**
 * HELD      its places are the viewer's until `held_until`
 * BOOKED    paid; `held_until` has no meaning
 * RELEASED  released by the viewer, or the Booking was cancelled
 * EXPIRED   has run out, and the sweeper or the next buyer has updated the row
 */
export const reservationStatus = pgEnum('reservation_status', ['HELD', 'BOOKED', 'RELEASED', 'EXPIRED']);

const reservationFields = () => ({
  eventId: uuid('event_id').notNull(),
  id: uuid('id').notNull(),
  viewerId: text('viewer_id').notNull(),
  status: reservationStatus('status').notNull().default('HELD'),
  places: integer('places').array().notNull(),
  amount32: integer('amount'), // of version 0.1 (decision 0026)
  currency: text('currency').notNull(),
  heldUntil: instant('held_until').notNull(),
  heldUntilCap: instant('held_until_cap').notNull(),
  payingSince: instant('paying_since'), // set during a checkout, which blocks release
  createdAt: instant('created_at')
    .notNull()
    .default(sql`now()`),
  amount: bigint('amount_minor', { mode: 'number' }),
});

/** A viewer's hold on places of one Event. */
export const reservations = pgTable('reservations', reservationFields(), (table) => [
  primaryKey({ columns: [table.eventId, table.id] }),
  index('reservations_by_viewer').on(table.viewerId, table.createdAt),
  index('reservations_by_viewer_at_event').on(table.eventId, table.viewerId),
  // the only index of holds: beside a second one Postgres would choose by statistics in which there are none
  index('reservations_held_at_event')
    .on(table.eventId, table.heldUntil)
    .where(sql`${table.status} = 'HELD'`)
    .concurrently(),
  check('reservations_hold_something', sql`cardinality(${table.places}) > 0`),
  check(
    'reservations_have_an_amount',
    sql`coalesce(${table.amount}, ${table.amount32}, -1) between 0 and 9007199254740991`,
  ),
]);

/** SQL expression: a viewer at an Event, as one text. */
export const viewerAtEvent = ({ viewerId, eventId }: Record<'viewerId' | 'eventId', AnyPgColumn>): SQL =>
  sql`(${viewerId} || '@' || ${eventId}::text)`;

/** Tickets of Events that ended long ago. Read by key, never written again. */
export const archivedTickets = pgTable('archived_tickets', ticketFields(), (table) => [
  primaryKey({ columns: [table.eventId, table.place] }),
]);

/** Reservations of Events that ended long ago. Read by key and by viewer at an Event, never written again. */
export const archivedReservations = pgTable('archived_reservations', reservationFields(), (table) => [
  primaryKey({ columns: [table.eventId, table.id] }),
  // beside a second index that begins with the Event, Postgres would choose by statistics that do not know the Event
  index('archived_reservations_of_viewers').on(viewerAtEvent(table)),
]);
