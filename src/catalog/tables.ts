import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';

import { instant } from '../platform/instant-column.ts';
import { BETWEEN_WORDS } from '../platform/text/words.ts';
import type { SeatingPlanLayout } from '../seating-plan/index.ts';

/** Tickets that a viewer can hold and buy at an Event, unless its organiser says otherwise. */
export const DEFAULT_TICKET_LIMIT = 10;

const createdAt = instant('created_at')
  .notNull()
  .default(sql`now()`);
const updatedAt = instant('updated_at')
  .notNull()
  .default(sql`now()`);

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Places of performance. `folded` is name, aliases and city, folded for search. */
export const venues = pgTable(
  'venues',
  {
    id: uuid('id').primaryKey(),
    organiserId: text('organiser_id'), // null: public, maintained by admins
    name: text('name').notNull(),
    aliases: text('aliases').array().notNull().default([]),
    kind: text('kind').notNull(),
    city: text('city').notNull(),
    region: text('region'),
    country: text('country').notNull(),
    countryCode: text('country_code').notNull(),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    timezone: text('timezone').notNull(),
    capacity: integer('capacity'),
    folded: text('folded').notNull(),
    createdAt,
    updatedAt,
  },
  (table) => [index('venues_by_folded').using('gin', sql`${table.folded} gin_trgm_ops`)],
);

/** People, bands, orchestras, teams. */
export const performers = pgTable(
  'performers',
  {
    id: uuid('id').primaryKey(),
    organiserId: text('organiser_id'),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    genre: text('genre'),
    role: text('role'),
    countryCode: text('country_code'),
    folded: text('folded').notNull(),
    createdAt,
    updatedAt,
  },
  (table) => [index('performers_by_folded').using('gin', sql`${table.folded} gin_trgm_ops`)],
);

/** Layouts of Venues. Rows are immutable: a change inserts a new version under the same name. */
export const seatingPlans = pgTable(
  'seating_plans',
  {
    id: uuid('id').primaryKey(),
    venueId: uuid('venue_id')
      .notNull()
      .references(() => venues.id),
    organiserId: text('organiser_id'), // may add versions; null: admins only
    name: text('name').notNull(),
    version: integer('version').notNull(),
    places: integer('places').notNull(),
    layout: jsonb('layout').$type<SeatingPlanLayout>().notNull(),
    fingerprint: text('fingerprint').notNull(),
    createdAt,
  },
  (table) => [
    unique('one_version_of_a_plan').on(table.venueId, table.name, table.version),
    index('seating_plans_by_age').on(table.venueId, table.createdAt, table.id).concurrently(),
    check('plans_have_places', sql`${table.places} between 1 and 100000`),
  ],
);

/**
 * DRAFT      visible to its organiser only
 * ANNOUNCED  public, without tickets
 * ON_SALE    tickets exist; they are sold between saleStartsAt and saleEndsAt
 * CANCELLED  does not take place
 */
export const eventStatus = pgEnum('event_status', ['DRAFT', 'ANNOUNCED', 'ON_SALE', 'CANCELLED']);

/**
 * Concerts, matches, shows.
 *
 * `city`, `country_code` and coordinates are copied from the Venue, if there is one; `folded_city`, `search_text` and
 * `search_document` are derived. Only search-text.ts writes them, so that a search reads one table and one index. A trigger
 * empties `search_document` where another text that it is made of changes without it.
 */
export const events = pgTable(
  'events',
  {
    id: uuid('id').primaryKey(),
    organiserId: text('organiser_id'),
    venueId: uuid('venue_id').references(() => venues.id), // null: only the city is known
    seatingPlanId: uuid('seating_plan_id').references(() => seatingPlans.id),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    category: text('category').notNull(),
    genre: text('genre'),
    series: text('series'),
    city: text('city'),
    countryCode: text('country_code'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    timezone: text('timezone').notNull(),
    startsAt: instant('starts_at', { precision: 3 }).notNull(), // ms, as in cursors
    startsAtIsApproximate: boolean('starts_at_is_approximate').notNull().default(false),
    endsAt: instant('ends_at'),
    status: eventStatus('status').notNull().default('DRAFT'),
    saleStartsAt: instant('sale_starts_at'),
    saleEndsAt: instant('sale_ends_at'),
    salePausedAt: instant('sale_paused_at'), // null: not paused
    cancellationEndsAt: instant('cancellation_ends_at'), // null: when the Event starts
    currency: text('currency'),
    lowestPrice: bigint('lowest_price_minor', { mode: 'number' }),
    highestPrice: bigint('highest_price_minor', { mode: 'number' }),
    lowestPrice32: integer('lowest_price'), // of version 0.1, as in every table with amounts (decision 0026)
    highestPrice32: integer('highest_price'),
    ticketLimit: integer('ticket_limit').notNull().default(DEFAULT_TICKET_LIMIT),
    holdSeconds: integer('hold_seconds').notNull().default(600),
    holdCapSeconds: integer('hold_cap_seconds').notNull().default(1_800),
    orphanRule: boolean('orphan_rule').notNull().default(false),
    folded: text('folded').notNull(),
    foldedCity: text('folded_city'),
    searchText: text('search_text').notNull().default(''),
    // weight A: words of the name; others have weight D. Stored, so that ranking does not parse text again
    searchWords: tsvector('search_words').generatedAlwaysAs(
      sql.raw(
        `setweight(to_tsvector('simple', regexp_replace(folded, '${BETWEEN_WORDS}', ' ', 'g')), 'A') || to_tsvector('simple', search_text)`,
      ),
    ),
    // what is searched, labelled by field; null: written by a version that does not know it, and searched by `search_words`
    searchDocument: tsvector('search_document'),
    createdAt,
    updatedAt,
    archivingSince: instant('archiving_since'), // from then on its tickets and Reservations may be in the archive
    archivedAt: instant('archived_at'), // all of them are
  },
  (table) => [
    index('events_by_start').on(table.startsAt, table.id),
    index('events_by_venue').on(table.venueId, table.startsAt, table.id),
    index('events_by_city').on(table.foldedCity, table.startsAt, table.id),
    index('events_by_organiser').on(table.organiserId, table.startsAt, table.id),
    index('events_by_point').on(table.latitude, table.longitude),
    index('events_by_words').using('gin', table.searchWords),
    index('events_by_document').using('gin', table.searchDocument).concurrently(),
    // of versions that do not know the column: current ones are filled by the worker
    index('events_without_document')
      .on(table.startsAt, table.id)
      .where(sql`${table.searchDocument} is null`)
      .concurrently(),
    index('events_on_sale')
      .on(table.startsAt, table.id)
      .where(sql`${table.status} = 'ON_SALE'`),
    // only the archive asks for it; it shrinks as Events are archived
    index('events_to_archive')
      .on(table.startsAt, table.id)
      .where(sql`${table.archivedAt} is null and ${table.status} in ('ON_SALE', 'CANCELLED')`)
      .concurrently(),
    // Events of days are few; `eventsOfDays` finds by it those that began long ago and still run
    index('events_of_days')
      .on(table.endsAt)
      .where(
        sql`(${table.endsAt} at time zone 'UTC') > (${table.startsAt} at time zone 'UTC') + interval '1 day'`,
      )
      .concurrently(),
    check(
      'sold_events_have_plan_and_currency',
      sql`${table.status} <> 'ON_SALE' or (${table.seatingPlanId} is not null and ${table.currency} is not null)`,
    ),
    check(
      'holds_fit_under_their_cap',
      sql`${table.holdSeconds} between 30 and ${table.holdCapSeconds} and ${table.holdCapSeconds} <= 86400`,
    ),
    check('ticket_limit_is_sane', sql`${table.ticketLimit} between 1 and 100`),
    check(
      'events_end_after_they_start',
      sql`${table.endsAt} is null or ${table.endsAt} >= ${table.startsAt}`,
    ),
  ],
);

/** Search vocabulary for spelling correction: every word of any `search_document`, present or past. Append-only. */
export const eventWords = pgTable(
  'event_words',
  {
    word: text('word').primaryKey(),
    describedOnly: boolean('described_only').notNull().default(false), // no name, place or kind has it
  },
  (table) => [index('event_words_by_trigram').using('gin', sql`${table.word} gin_trgm_ops`)],
);

/** Lineups: the Performers of an Event, in order. */
export const eventPerformers = pgTable(
  'event_performers',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    performerId: uuid('performer_id')
      .notNull()
      .references(() => performers.id),
    position: smallint('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.performerId] }),
    index('event_performers_by_performer').on(table.performerId),
  ],
);

/**
 * Who changed what at an Event, one row per mutation of its organiser or an administrator. Numbers follow the order of the changes
 * wherever the mutation locks the Event first, which all but blocking and unblocking do. Append-only.
 */
export const eventAudit = pgTable(
  'event_audit',
  {
    eventId: uuid('event_id').notNull(),
    number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    actor: text('actor').notNull(),
    byAdministrator: boolean('by_administrator').notNull(),
    mutation: text('mutation').notNull(),
    changes: jsonb('changes')
      .$type<{ field: string; before: string | null; after: string | null }[]>()
      .notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.number] }),
    index('event_audit_by_age').on(table.at),
  ],
);

/** Prices of an Event: one tier per category of its SeatingPlan, under the same number. */
export const priceTiers = pgTable(
  'price_tiers',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    tier: smallint('tier').notNull(),
    name: text('name').notNull(),
    amount32: integer('amount'),
    amount: bigint('amount_minor', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.tier] }),
    check('prices_are_not_negative', sql`${table.amount32} >= 0`),
    check(
      'price_tiers_have_a_price',
      sql`coalesce(${table.amount}, ${table.amount32}, -1) between 0 and 9007199254740991`,
    ),
  ],
);
