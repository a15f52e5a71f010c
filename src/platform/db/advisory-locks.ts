import { sql, type SQL } from 'drizzle-orm';

/**
 * Every advisory lock of the database. Advisory locks share one space of 64-bit numbers, and processes of an older version
 * may run beside this one, so a number is not changed: after a change they would not exclude each other.
 */
export const ADVISORY_LOCKS = {
  /** One process changes tables at a time, those of earlier versions included. Not held while an index is built. */
  migrations: 4_242_001,
  /** One process creates or drops replication slots at a time. */
  replicationSlots: 4_242_002,
  /** One process imports the demo catalogue at a time. */
  demoCatalogue: 4_242_003,
  /** One process of this or a later version migrates at a time. */
  migrators: 4_242_004,
  /** One worker writes the documents of Events that have none at a time. */
  eventDocuments: 4_242_005,
  /** One process derives the suggestions at a time. */
  suggestions: 4_242_006,
} as const;

/**
 * Advisory locks of an Event, by text hashed to 64 bits: the id of the Event, a space, and what is locked. `event_locks` guards
 * the same; a process of the version before knows only these, so both are taken, these first. To be removed in the next release.
 */
export const formerEventLocks = {
  /** The reservations of one buyer at the Event. */
  buyer: (eventId: string, viewerId: string | SQL): SQL =>
    textLock(sql`${eventId}::text || ' ' || ${viewerId}`),
  /** A row of seats, identified by its first place. */
  row: (eventId: string, firstPlace: SQL): SQL => textLock(sql`${eventId}::text || ' row ' || ${firstPlace}`),
  /** The choice of best available tickets by one call at a time. */
  choosing: (eventId: string): SQL => textLock(sql`${eventId}::text || ' choosing'`),
};

const textLock = (text: SQL): SQL => sql`hashtextextended(${text}, 0)`;
