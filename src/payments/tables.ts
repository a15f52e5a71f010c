import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

import { instant } from '../platform/instant-column.ts';

/** Step of a checkout; `checkout-steps.ts` documents each, and the transitions. */
export const checkoutStep = pgEnum('checkout_step', [
  'opened',
  'charging',
  'awaiting_payment',
  'paid',
  'confirmed',
  'declining',
  'declined',
  'refunding',
  'refunded',
  'cancelling',
  'cancelled',
]);

/**
 * One attempt to pay for a Reservation, inserted before the first request to Stripe. All attempts of a Reservation share its
 * payment intent, until that is cancelled.
 */
export const bookings = pgTable(
  'bookings',
  {
    eventId: uuid('event_id').notNull(),
    id: uuid('id').notNull(),
    reservationId: uuid('reservation_id').notNull(),
    viewerId: text('viewer_id').notNull(),
    step: checkoutStep('step').notNull().default('opened'),
    attempt: smallint('attempt'), // 1, 2, … per Reservation; null: opened by a release in which each attempt had its own intent
    amount32: integer('amount'), // of version 0.1 (decision 0026)
    amount: bigint('amount_minor', { mode: 'number' }),
    currency: text('currency').notNull(),
    paymentMethod: text('payment_method'), // null: the total is 0
    returnUrl: text('return_url'), // a retry under an idempotency key must send the same parameters
    payUntil: instant('pay_until')
      .notNull()
      .default(sql`now()`), // deadline; then the payment is cancelled
    intentId: text('intent_id'),
    intentReplacements: smallint('intent_replacements').notNull().default(0), // cancelled intents that this attempt has replaced
    sharedIntent: boolean('shared_intent'), // the intent takes further attempts; not true: it is cancelled after a decline
    latestChargeId: text('latest_charge_id'), // of the intent, when this attempt began or ended: tells its decline from an earlier one
    clientSecret: text('client_secret'), // set while the buyer has to authenticate
    redirectUrl: text('redirect_url'),
    refundId: text('refund_id'),
    refundStatus: text('refund_status'), // Stripe's: pending, succeeded, failed, …; or due, of declined attempts
    foreignRefunds: jsonb('foreign_refunds').$type<Record<string, string>>(), // made in the dashboard: status by id, so that each raises one alarm
    failureCode: text('failure_code'),
    failureMessage: text('failure_message'),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    updatedAt: instant('updated_at')
      .notNull()
      .default(sql`now()`),
    confirmedAt: instant('confirmed_at'),
    cancelledWithEvent: boolean('cancelled_with_event'), // cancelled because its Event was; null: not cancelled, or before this was recorded
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.id] }),
    // two tabs, one Reservation: the second one gets BookingUnderWay
    uniqueIndex('one_live_booking_per_reservation')
      .on(table.eventId, table.reservationId)
      .where(sql`${table.step} not in ('declined', 'refunded', 'cancelled')`),
    index('bookings_by_viewer').on(table.viewerId, table.createdAt),
    index('bookings_by_intent').on(table.intentId),
    index('bookings_by_reservation').on(table.eventId, table.reservationId),
    index('bookings_under_way')
      .on(table.updatedAt)
      .where(sql`${table.step} not in ('confirmed', 'declined', 'refunded', 'cancelled')`),
    index('bookings_with_open_intents')
      .on(table.updatedAt)
      .where(sql`${table.step} = 'declined' and ${table.sharedIntent}`)
      .concurrently(),
    index('bookings_by_confirmation').on(table.confirmedAt, table.id).concurrently(),
    index('bookings_refund_unsettled')
      .on(table.updatedAt)
      .where(sql`${table.refundStatus} not in ('succeeded', 'failed', 'canceled')`)
      .concurrently(),
    check(
      'confirmed_bookings_say_when',
      sql`${table.step} <> 'confirmed' or ${table.confirmedAt} is not null`,
    ),
    check(
      'bookings_have_an_amount',
      sql`coalesce(${table.amount}, ${table.amount32}, -1) between 0 and 9007199254740991`,
    ),
  ],
);

/** Events cancelled by `cancelEvent`, and whether all their Bookings have ended. */
export const eventCancellations = pgTable(
  'event_cancellations',
  {
    eventId: uuid('event_id').primaryKey(),
    cancelledAt: instant('cancelled_at')
      .notNull()
      .default(sql`now()`),
    settledAt: instant('settled_at'), // no Booking is confirmed or under way, nor will be
  },
  (table) => [
    index('event_cancellations_unsettled')
      .on(table.cancelledAt)
      .where(sql`${table.settledAt} is null`),
  ],
);

// No foreign key to `tickets` and `reservations` (decision 0033): they can be archived.

/** Places sold by a Booking. A unique index allows one live row per place: no seat is sold twice, even by a bug in the code. */
export const bookingTickets = pgTable(
  'booking_tickets',
  {
    eventId: uuid('event_id').notNull(),
    place: integer('place').notNull(),
    bookingId: uuid('booking_id').notNull(),
    amount32: integer('amount'),
    amount: bigint('amount_minor', { mode: 'number' }),
    cancelledAt: instant('cancelled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.bookingId, table.place] }),
    uniqueIndex('one_owner_per_place')
      .on(table.eventId, table.place)
      .where(sql`${table.cancelledAt} is null`),
    foreignKey({
      name: 'booking_tickets_belong_to_a_booking',
      columns: [table.eventId, table.bookingId],
      foreignColumns: [bookings.eventId, bookings.id],
    }),
    check(
      'booking_tickets_have_an_amount',
      sql`coalesce(${table.amount}, ${table.amount32}, -1) between 0 and 9007199254740991`,
    ),
  ],
);

/**
 * due      the request to Stripe is not answered yet
 * pending  Stripe has made it, and the bank has not settled it: the row in `refunds` has its status
 * made     the bank has settled it, or rejected it
 * covered  nothing of the payment was left: other refunds have given it back
 * whole    it took the last tickets: the Booking's own refund gives back what is left
 * refused  the bank has given the payment back, whose dispute is lost
 */
export type RefundRequestState = 'due' | 'pending' | 'made' | 'covered' | 'whole' | 'refused';

/**
 * Refunds of confirmed Bookings that an organiser has decided on, inserted by the transaction that takes the tickets back, before the
 * request to Stripe. Those of a Booking are numbered: the number is part of the idempotency key.
 */
export const refundRequests = pgTable(
  'refund_requests',
  {
    eventId: uuid('event_id').notNull(),
    id: uuid('id').notNull(),
    bookingId: uuid('booking_id').notNull(),
    number: smallint('number').notNull(), // 1, 2, … per Booking
    attempt: smallint('attempt').notNull().default(1), // with an idempotency key of its own
    amount: bigint('amount', { mode: 'number' }).notNull(), // less is given back if others have left less
    currency: text('currency').notNull(),
    places: integer('places').array(), // given back; null: an amount, and the tickets stay valid
    reason: text('reason'),
    actor: text('actor').notNull(),
    state: text('state').$type<RefundRequestState>().notNull().default('due'),
    refundId: text('refund_id'), // Stripe's
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    updatedAt: instant('updated_at')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.id] }),
    uniqueIndex('refund_requests_are_numbered').on(table.eventId, table.bookingId, table.number),
    index('refund_requests_unsettled')
      .on(table.state, table.updatedAt)
      .where(sql`${table.state} in ('due', 'pending')`),
    check('refund_requests_have_an_amount', sql`${table.amount} between 0 and 9007199254740991`),
  ],
);

/** Inbox of verified webhooks, one row per Stripe event; `handled_at` is set once its effect is committed. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    payload: jsonb('payload').notNull(),
    receivedAt: instant('received_at')
      .notNull()
      .default(sql`now()`),
    handledAt: instant('handled_at'),
  },
  (table) => [
    index('webhook_events_by_handling').on(table.handledAt).concurrently(), // of use to retention
    index('webhook_events_unhandled')
      .on(table.receivedAt)
      .where(sql`${table.handledAt} is null`),
  ],
);

/**
 * Alarms that were raised, so that a retry does not raise them again. Inserted by the transaction that raises the alarm, which
 * commits afterwards. `subject`: what an operator looks for, as the id of a Booking, a payment or a refund.
 */
export const paymentAlarms = pgTable(
  'payment_alarms',
  {
    alarm: text('alarm').notNull(),
    subject: text('subject').notNull(),
    reason: text('reason').notNull(), // a code; empty: the alarm says it
    firstRaisedAt: instant('first_raised_at')
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.alarm, table.subject, table.reason] }),
    index('payment_alarms_by_age').on(table.firstRaisedAt), // of use to retention
  ],
);

/**
 * One row: the id of this database at Stripe, sent in the metadata of every payment. Two databases on one Stripe account
 * (staging and production) ignore each other's payments by it.
 */
export const shops = pgTable(
  'shops',
  {
    only: boolean('only').primaryKey().default(true),
    id: uuid('id').notNull().defaultRandom(),
  },
  (table) => [check('there_is_one_shop', sql`${table.only}`)],
);
