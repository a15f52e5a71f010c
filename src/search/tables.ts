import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';

import { instant } from '../platform/instant-column.ts';

/**
 * What can be suggested while a term is typed, a row for each word of its name: Events (once for all of the same name),
 * Performers, Venues and cities that have Events to come. Derived from the catalogue by `refreshSuggestions`.
 */
export const suggestionWords = pgTable(
  'suggestion_words',
  {
    word: text('word').notNull(),
    isInner: boolean('is_inner').notNull(), // not the first word of the name
    kind: text('kind').notNull(), // EVENT, PERFORMER, VENUE or CITY
    key: text('key').notNull(),
    name: text('name').notNull(),
    words: text('words').notNull(), // all of its folded words, also of aliases
    events: integer('events').notNull(), // to come
    firstEventId: uuid('first_event_id').notNull(), // the first of them
    until: instant('until').notNull(), // the last of them ends
    countryCode: text('country_code'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
  },
  (table) => [
    primaryKey({ columns: [table.word, table.kind, table.key] }),
    // by the letters typed so far, in the order in which they are suggested: no read goes on behind its limit
    index('suggestion_words_by_two').on(sql`left(${table.word}, 2)`, table.isInner, table.events.desc()),
    index('suggestion_words_by_four').on(sql`left(${table.word}, 4)`, table.isInner, table.events.desc()),
    index('suggestion_words_by_word').on(
      table.word.op('text_pattern_ops'),
      table.isInner,
      table.events.desc(),
    ),
  ],
);
