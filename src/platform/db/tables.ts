import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** One row per remembered answer: who asked, under which key, for what, and what they were told. Kept 24 hours. */
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
 * One row per permanent replication slot that is in use. `generation` is another each time the slot is made anew: what
 * was derived from an earlier one may lack changes that nobody has seen. Null while the slot is being made.
 */
export const replicationSlots = pgTable('replication_slots', {
  name: text('name').primaryKey(),
  generation: text('generation'),
});
