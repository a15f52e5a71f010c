import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';

import { instant } from '../../platform/instant-column.ts';

/** The longest reason of a dead letter. */
export const MAX_REASON_LENGTH = 500;

/**
 * Search documents that Elasticsearch rejected, or that could not be made, by Event. A row is deleted when a later document of
 * the Event is accepted.
 */
export const searchDeadLetters = pgTable(
  'search_dead_letters',
  {
    eventId: uuid('event_id').primaryKey(),
    reason: text('reason').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(), // of the document
    rejections: integer('rejections').notNull().default(1),
    firstRejectedAt: instant('first_rejected_at')
      .notNull()
      .default(sql`now()`),
    lastRejectedAt: instant('last_rejected_at')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check('reasons_are_short', sql`length(${table.reason}) <= ${sql.raw(String(MAX_REASON_LENGTH))}`),
  ],
);

/** The number of the index that a search index is to be, by alias: raised to have it rebuilt. */
export const searchBuilds = pgTable('search_builds', {
  alias: text('alias').primaryKey(),
  wanted: integer('wanted').notNull().default(1),
});
