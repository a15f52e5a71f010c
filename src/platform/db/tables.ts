import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/** One row per idempotent call at an Event with its answer, kept for 24 hours. It lies beside the rows that the call made. */
export const idempotentCalls = pgTable(
  'idempotent_calls',
  {
    eventId: uuid('event_id').notNull(),
    viewerId: text('viewer_id').notNull(),
    key: text('key').notNull(),
    operation: text('operation').notNull(),
    inputHash: text('input_hash').notNull(),
    answer: jsonb('answer').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.viewerId, table.key] }),
    index('idempotent_calls_by_age').on(table.createdAt),
  ],
);

/**
 * Rows that guard an Event and hold no data: a transaction locks one until it ends. `kind` is a value of `EVENT_LOCKS`;
 * a row is inserted when it is first locked.
 */
export const eventLocks = pgTable(
  'event_locks',
  {
    eventId: uuid('event_id').notNull(),
    kind: smallint('kind').notNull(),
    number: integer('number').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.kind, table.number] })],
);

/**
 * The same calls, keyed as the version before `idempotent_calls` reads and writes them. Triggers copy each row to the other
 * table, so that both versions can run together; no code uses it. The next release drops it, with the triggers.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    viewerId: text('viewer_id').notNull(),
    key: text('key').notNull(),
    operation: text('operation').notNull(),
    inputHash: text('input_hash').notNull(),
    answer: jsonb('answer').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.viewerId, table.key] })],
);

/**
 * One row per permanent replication slot in use. `generation` changes each time the slot is created: data derived from an
 * earlier generation may lack changes. Null while the slot is being created.
 */
export const replicationSlots = pgTable('replication_slots', {
  name: text('name').primaryKey(),
  generation: text('generation'),
});
