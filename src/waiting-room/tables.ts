import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

import { instant } from '../platform/instant-column.ts';

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/**
 * BEFORE_OPENING  entries are collected, without places
 * DRAWING         the list of entries is closed, and the order is being written
 * OPEN            the line moves, unless it is paused
 * CLOSED          over; a new room of the Event gets the next generation
 */
export const waitingRoomPhase = pgEnum('waiting_room_phase', ['BEFORE_OPENING', 'DRAWING', 'OPEN', 'CLOSED']);

/** Order of the entries that were made before the opening. */
export const waitingRoomOrder = pgEnum('waiting_room_order', ['SHUFFLED', 'ARRIVAL']);

/** Waiting rooms. At most one of an Event is not closed. */
export const waitingRooms = pgTable(
  'waiting_rooms',
  {
    eventId: uuid('event_id').notNull(),
    generation: integer('generation').notNull(),
    phase: waitingRoomPhase('phase').notNull().default('BEFORE_OPENING'),
    isPaused: boolean('is_paused').notNull().default(false),
    isDraining: boolean('is_draining').notNull().default(false),
    opensAt: instant('opens_at').notNull(),
    capacity: integer('capacity').notNull(),
    admissionsPerMinute: integer('admissions_per_minute').notNull(),
    visitSeconds: integer('visit_seconds').notNull(),
    graceSeconds: integer('grace_seconds').notNull(),
    order: waitingRoomOrder('order').notNull(),
    protectsSeatMap: boolean('protects_seat_map').notNull(),
    keepsPlaces: boolean('keeps_places').notNull(),
    requiresChallenge: boolean('requires_challenge').notNull(),
    /** Signs entry tokens and passes, and names entries. */
    key: bytes('key').notNull(),
    /** Secret until the list is closed. */
    seed: bytes('seed').notNull(),
    /** Of the sorted entries, in hexadecimal; null until the list is closed. */
    listHash: text('list_hash'),
    /** Number of entries in the list; null until it is closed. */
    listed: integer('listed'),
    /** Places up to this may have been given. */
    placesReserved: integer('places_reserved').notNull().default(0),
    /** Head of the line: the highest place that was admitted or given up on the way. */
    served: integer('served').notNull().default(0),
    /** Numbers of the last step, for those who read them without Redis. */
    waiting: integer('waiting').notNull().default(0),
    inside: integer('inside').notNull().default(0),
    admittedPerMinute: real('admitted_per_minute'),
    ticketsLeft: integer('tickets_left'),
    ticketsHeld: integer('tickets_held'),
    secondsToClear: integer('seconds_to_clear'),
    figuresAt: instant('figures_at'),
    /** When the line last moved, or had no reason to: no one waits, no slot, no ticket, paused. */
    progressAt: instant('progress_at'),
    /** Entries that left the line or were given up; visits by how they ended. */
    abandoned: integer('abandoned').notNull().default(0),
    admitted: integer('admitted').notNull().default(0),
    bought: integer('bought').notNull().default(0),
    visitsLeft: integer('visits_left').notNull().default(0),
    visitsExpired: integer('visits_expired').notNull().default(0),
    visitsClosed: integer('visits_closed').notNull().default(0),
    /** Last number of the log of admissions. */
    logged: integer('logged').notNull().default(0),
    /** The room is closed, and all its visits have ended and are in the log. */
    isSettled: boolean('is_settled').notNull().default(false),
    /** Lease of the controller: each new holder has a higher fence. */
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    controller: text('controller'),
    controllerUntil: instant('controller_until'),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    closedAt: instant('closed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.generation] }),
    uniqueIndex('one_room_at_a_time')
      .on(table.eventId)
      .where(sql`${table.phase} <> 'CLOSED'`),
    index('rooms_to_settle')
      .on(table.eventId)
      .where(sql`${table.phase} = 'CLOSED' and not ${table.isSettled}`)
      .concurrently(),
    check(
      'waiting_rooms_admit',
      sql`${table.capacity} > 0 and ${table.admissionsPerMinute} > 0 and ${table.visitSeconds} > 0 and ${table.graceSeconds} > 0`,
    ),
    check('waiting_rooms_serve_given_places', sql`${table.served} between 0 and ${table.placesReserved}`),
  ],
);

/** Entries at the opening, sorted: 16 bytes each, up to 10,000 in a part. */
export const waitingRoomLists = pgTable(
  'waiting_room_lists',
  {
    eventId: uuid('event_id').notNull(),
    generation: integer('generation').notNull(),
    part: integer('part').notNull(),
    entries: bytes('entries').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.generation, table.part] })],
);

/** Places that their entries left or lost by silence while a room is open: a bit each, 16,384 to a part. Deleted at its close. */
export const waitingRoomAbandonedPlaces = pgTable(
  'waiting_room_abandoned_places',
  {
    eventId: uuid('event_id').notNull(),
    generation: integer('generation').notNull(),
    part: integer('part').notNull(),
    places: bytes('places').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.generation, table.part] })],
);

/**
 * EXPIRED  the time of the visit is over
 * LEFT     the viewer left
 * BOUGHT   the viewer bought
 * CLOSED   the room was closed
 */
export const visitEnd = pgEnum('visit_end', ['EXPIRED', 'LEFT', 'BOUGHT', 'CLOSED']);

/** Columns of admissions, which are the same in the archive. */
const admissionFields = () => ({
  eventId: uuid('event_id').notNull(),
  generation: integer('generation').notNull(),
  place: integer('place').notNull(),
  entry: text('entry').notNull(),
  admittedAt: instant('admitted_at').notNull(),
  visitEndsAt: instant('visit_ends_at').notNull(),
  endedAt: instant('ended_at'),
  endedBy: visitEnd('ended_by'),
  /** Numbers of the admission and of its end in the room's log; the controller gives them, so that none is committed late. */
  number: integer('number'),
  endNumber: integer('end_number'),
});

/** Admissions, in the order of their places: the audit log, and what the line is restored from. */
export const waitingRoomAdmissions = pgTable('waiting_room_admissions', admissionFields(), (table) => [
  primaryKey({ columns: [table.eventId, table.generation, table.place] }),
  index('admissions_by_entry').on(table.eventId, table.generation, table.entry),
  // visits that ended since a process last asked
  index('admissions_by_end').on(table.eventId, table.generation, table.endedAt),
  // visits that go on, in the order in which they end
  index('admissions_of_visits')
    .on(table.eventId, table.generation, table.visitEndsAt, table.place)
    .where(sql`${table.endedAt} is null`),
  index('admissions_by_number').on(table.eventId, table.generation, table.number).concurrently(),
  index('admissions_by_end_number')
    .on(table.eventId, table.generation, table.endNumber)
    .where(sql`${table.endNumber} is not null`)
    .concurrently(),
  // visits that a buyer ended since the controller last gave numbers
  index('admissions_to_number')
    .on(table.eventId, table.generation, table.endedAt, table.place)
    .where(sql`${table.endedAt} is not null and ${table.endNumber} is null`)
    .concurrently(),
]);

/** Admissions of Events that ended long ago. Read by their numbers, never written again. */
export const archivedWaitingRoomAdmissions = pgTable(
  'archived_waiting_room_admissions',
  admissionFields(),
  (table) => [
    primaryKey({ columns: [table.eventId, table.generation, table.place] }),
    index('archived_admissions_by_number').on(table.eventId, table.generation, table.number),
    index('archived_admissions_by_end_number').on(table.eventId, table.generation, table.endNumber),
  ],
);
