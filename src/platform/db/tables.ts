import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** One row per idempotent call with its answer, kept for 24 hours. */
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
