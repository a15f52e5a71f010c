import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';

import { instant } from '../../platform/instant-column.ts';

/**
 * charge            the buyer paid; Stripe's id is that of the payment intent, which charges once
 * refund            money is given back
 * refund_returned   a refund failed or was cancelled: its money is back at the shop
 * dispute           the bank took a disputed payment back
 * dispute_returned  a dispute was won: its money is back at the shop
 * fee               what Stripe charges for a dispute, in the currency of the balance
 * correction        what an operator books by hand
 */
export const ledgerKind = pgEnum('ledger_kind', [
  'charge',
  'refund',
  'refund_returned',
  'dispute',
  'dispute_returned',
  'fee',
  'correction',
]);

/**
 * The ledger: one row per movement of money, inserted by the transaction of the change that it explains, and never changed.
 * `amount` is positive for what comes in, in minor units of ISO 4217. Stripe's id and the kind make a row unique.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    eventId: uuid('event_id').notNull(),
    stripeId: text('stripe_id').notNull(),
    kind: ledgerKind('kind').notNull(),
    intentId: text('intent_id').notNull(),
    bookingId: uuid('booking_id'), // null: of a stray payment
    amount: bigint('amount', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    cause: text('cause').notNull(),
    recordedAt: instant('recorded_at')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.stripeId, table.kind] }),
    index('ledger_entries_by_intent').on(table.eventId, table.intentId),
    index('ledger_entries_by_stripe_id').on(table.stripeId),
    index('ledger_entries_by_age').on(table.recordedAt, table.stripeId, table.kind),
    check(
      'ledger_entries_have_a_safe_amount',
      sql`${table.amount} between -9007199254740991 and 9007199254740991`,
    ),
  ],
);

/** Refunds at Stripe, made by the server or in the dashboard, in whole or in part. */
export const refunds = pgTable(
  'refunds',
  {
    eventId: uuid('event_id').notNull(),
    id: text('id').notNull(),
    intentId: text('intent_id').notNull(),
    bookingId: uuid('booking_id'), // null: of a stray payment
    amount: bigint('amount', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    status: text('status').notNull(), // Stripe's: pending, requires_action, succeeded, failed, canceled
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    updatedAt: instant('updated_at')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.id] }),
    index('refunds_by_booking').on(table.eventId, table.bookingId),
    index('refunds_by_id').on(table.id),
    check('refunds_give_something_back', sql`${table.amount} between 1 and 9007199254740991`),
  ],
);

/** Disputes of payments. */
export const disputes = pgTable(
  'disputes',
  {
    eventId: uuid('event_id').notNull(),
    id: text('id').notNull(),
    intentId: text('intent_id').notNull(),
    bookingId: uuid('booking_id'), // null: of a stray payment
    amount: bigint('amount', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    status: text('status').notNull(), // Stripe's: needs_response, under_review, won, lost, …
    reason: text('reason').notNull(),
    evidenceDueBy: instant('evidence_due_by'),
    openedAt: instant('opened_at').notNull(),
    updatedAt: instant('updated_at')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.id] }),
    index('disputes_by_booking').on(table.eventId, table.bookingId),
    index('disputes_by_id').on(table.id),
  ],
);

/** The key before all others. */
export const FIRST_KEY = '00000000-0000-0000-0000-000000000000';

/** One row: up to which Booking those of earlier versions have their rows in the ledger. */
export const ledgerBackfill = pgTable(
  'ledger_backfill',
  {
    only: boolean('only').primaryKey().default(true),
    passes: smallint('passes').notNull().default(0), // complete ones
    lastEventId: uuid('last_event_id').notNull().default(FIRST_KEY), // key of the last Booking of this pass
    lastId: uuid('last_id').notNull().default(FIRST_KEY),
    passBegins: instant('pass_begins')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [check('there_is_one_ledger_backfill', sql`${table.only}`)],
);
