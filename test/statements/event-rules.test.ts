import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openCheckoutWorld, type CheckoutWorld } from '../support/checkout-world.ts';
import { corpusOf, runJourneys, type CorpusStatement } from './corpus.ts';
import { EVENT_TABLES, foreignShapes, isWrite, tablesOfAnyEvent } from './event-rules.ts';
import { recordStatements, type SentStatement } from './statement-recorder.ts';

// What lets an Event's rows lie on a node of their own: docs/decisions/0025-idempotency-keys-lie-beside-their-event.md.

/** Statements that look for rows of any Event, each with the index that serves it. */
const OF_ANY_EVENT: Readonly<Record<string, string>> = {
  'booking.listReservations': 'a viewer’s list: reservations_by_viewer',
  'payments.listBookings': 'a viewer’s list: bookings_by_viewer',
  'booking.readArchivedReservationIds':
    'a viewer’s Reservations at an Event in the archive: archived_reservations_of_viewers',
  'payments.findStuckBookings': 'the sweep of checkouts: bookings_under_way',
  'payments.findOpenIntents': 'the sweep of open intents: bookings_with_open_intents',
  'payments.findStuckCancellations': 'the sweep of cancelled Events: event_cancellations_unsettled',
  'payments.findStuckRefunds': 'the sweep of refunds of organisers: refund_requests_unsettled',
  'payments.findOverdueRefunds': 'the alarms of refunds of organisers: refund_requests_unsettled',
  'payments.findOverdueBookings': 'the alarms of checkouts: bookings_under_way',
  'payments.findOverdueIntents': 'the alarms of open intents: bookings_with_open_intents',
  'payments.takeUnsettledRefunds': 'the sweep of refunds: bookings_refund_unsettled',
  'payments.findBookingByIntent': 'Stripe names the payment alone: bookings_by_intent',
  'booking.findEventsWithHolds': 'the sweep’s search: reservations_held_at_event',
  'waiting-room.readRooms': 'every room that is not closed: one_room_at_a_time',
  'waiting-room.countRoomsOf': 'open rooms of an organiser: one_room_at_a_time, then the Event of each',
  'waiting-room.findUnsettledRooms': 'closed rooms whose visits go on: rooms_to_settle',
  'payments.findLedgerEntries': 'Stripe names its objects alone: ledger_entries_by_stripe_id',
  'payments.findRefunds': 'Stripe names its objects alone: refunds_by_id',
  'payments.findDisputes': 'Stripe names its objects alone: disputes_by_id',
  'payments.findBookingsByIntents': 'Stripe names its objects alone: bookings_by_intent',
  'payments.listLedgerEntries': 'what was recorded within a span: ledger_entries_by_age',
  'payments.listConfirmed': 'what was confirmed within a span: bookings_by_confirmation',
  'payments.listBookingsAfter': 'the backfill of the ledger: the primary key',
  'retention.deleteOldRows': 'retention: idempotent_calls_by_age',
  'retention.findOldest': 'retention: idempotent_calls_by_age',
};

/** Statements whose shape is only for plain Postgres. */
const PLAIN_POSTGRES_ONLY: Readonly<Record<string, string>> = {
  'payments.takeUnsettledRefunds':
    'two sweeps at once take each a batch of their own; on Citus it runs on each shard',
  'booking.insertHolds': 'the reserve statement: one round trip, behind one store function',
  'retention.deleteOldRows': '`skip locked` passes over calls in progress; on Citus it runs on each shard',
};

const ONE_ROW = 'one row by its key, alone: it holds no lock while it waits, so that no deadlock can end it';

const SLOTS = 'a table of no Event; the reader of the slot begins again after any error';

/** Writes outside of `inTransaction`. */
const WITHOUT_TRANSACTION: Readonly<Record<string, string>> = {
  'payments.moveBooking': ONE_ROW,
  'payments.markWebhookHandled': ONE_ROW,
  'payments.insertShop': ONE_ROW,
  'replication.lockSlots': SLOTS,
  'replication.recordSlot': SLOTS,
  'replication.nameGeneration': SLOTS,
  'jobs.enqueue': 'the journey of the worker enqueues a job by hand',
};

/** Indexes on rows of Events that do not begin with the Event; each serves a statement of OF_ANY_EVENT. */
const INDEXES_OVER_EVENTS: readonly string[] = [
  'archived_reservations_of_viewers',
  'bookings_by_confirmation',
  'bookings_by_intent',
  'bookings_by_viewer',
  'bookings_refund_unsettled',
  'bookings_under_way',
  'bookings_with_open_intents',
  'event_audit_by_age',
  'event_cancellations_unsettled',
  'disputes_by_id',
  'idempotent_calls_by_age',
  'ledger_entries_by_age',
  'ledger_entries_by_stripe_id',
  'refund_requests_unsettled',
  'refunds_by_id',
  'reservations_by_viewer',
];

let world: CheckoutWorld;
let sent: readonly SentStatement[];
let corpus: CorpusStatement[];
beforeAll(async () => {
  using recorder = recordStatements();
  world = await openCheckoutWorld();
  await runJourneys(world);
  sent = [...recorder.sent];
  corpus = corpusOf(sent);
}, 180_000);
afterAll(() => world?.[Symbol.asyncDispose]());

/** Whether the corpus, or an older or newer build beside it, has the statement. */
const isSent = (name: string) => corpus.some((statement) => statement.name === name);

describe('every statement', () => {
  test('says of which Event it reads or writes rows, of each table', async () => {
    const found: Record<string, string[]> = {};
    for (const { name, text } of corpus) {
      const tables = await tablesOfAnyEvent(text);
      if (tables.length > 0) found[name] = tables;
    }
    expect(Object.fromEntries(Object.entries(found).filter(([name]) => !(name in OF_ANY_EVENT)))).toEqual({});
    expect(Object.keys(OF_ANY_EVENT).filter((name) => isSent(name) && !(name in found))).toEqual([]); // no exception for nothing
  });

  test('has a shape that Citus takes, too', async () => {
    const found: Record<string, string[]> = {};
    for (const { name, text } of corpus) {
      const shapes = await foreignShapes(text);
      if (shapes.length > 0) found[name] = shapes;
    }
    expect(Object.keys(PLAIN_POSTGRES_ONLY).filter((name) => !(name in found))).toEqual([]);
    for (const name of Object.keys(PLAIN_POSTGRES_ONLY)) delete found[name];
    expect(found).toEqual({});
  });

  test('that writes or locks runs in `inTransaction`, which retries a deadlock', async () => {
    const found = new Set<string>();
    for (const { name, text, transaction } of sent) {
      const safe =
        transaction?.includes('isolation level read committed') === true || name in WITHOUT_TRANSACTION;
      if (!safe && !found.has(name) && (await isWrite(text))) found.add(name);
    }
    expect([...found]).toEqual([]);
  });
});

describe('what is written against the rules is found', () => {
  const ofAny = (text: string) => tablesOfAnyEvent(text);

  test('tables of any Event', async () => {
    expect(await ofAny('select 1 from tickets where event_id = $1 and place = 2')).toEqual([]);
    expect(await ofAny('select 1 from tickets where place = 2')).toEqual(['tickets']);
    expect(await ofAny('select 1 from tickets where event_id = $1 or place = 2')).toEqual(['tickets']);
    expect(await ofAny('select 1 from tickets where event_id <> $1')).toEqual(['tickets']);
    expect(await ofAny('select 1 from tickets where event_id = event_id')).toEqual(['tickets']);
    expect(await ofAny('select 1 from tickets where (event_id, place) in (select * from unnest($1::uuid[], $2::int[]))')).toEqual(['tickets']); // prettier-ignore
    expect(await ofAny('select 1 from tickets where event_id = any($1::uuid[])')).toEqual([]);
    expect(
      await ofAny(
        'select 1 from reservations r join tickets t on t.place = any(r.places) where r.event_id = $1',
      ),
    ).toEqual(['tickets t']);
    expect(
      await ofAny(
        'select 1 from reservations r join tickets t on t.event_id = r.event_id where r.event_id = $1',
      ),
    ).toEqual([]);
    expect(await ofAny('select 1 from reservations r join tickets t on t.event_id = r.event_id')).toEqual([
      'reservations r',
      'tickets t',
    ]);
    expect(
      await ofAny(
        'select (select 1 from bookings b where b.event_id = r.event_id) from reservations r where r.event_id = $1',
      ),
    ).toEqual([]);
    expect(
      await ofAny('with gone as (delete from bookings where id = $1 returning 1) select 1 from gone'),
    ).toEqual(['bookings']);
    expect(
      await ofAny('update tickets t set tier = 1 from events e where e.id = $1 and t.event_id = e.id'),
    ).toEqual([]);
    expect(await ofAny('insert into tickets (place) values (1)')).toEqual(['tickets']);
  });

  test('shapes', async () => {
    const shapeOf = async (text: string) => (await foreignShapes(text)).map((shape) => shape.split(':')[0]);
    expect(await shapeOf('update tickets set tier = 1 where event_id = $1 returning now()')).toEqual(['`returning` has more than columns']); // prettier-ignore
    expect(await shapeOf('update tickets set tier = 1 where event_id = $1 returning coalesce(tier, place)')).toEqual([]); // prettier-ignore
    expect(await shapeOf('update events set tier = 1 where id = $1 returning id, now()')).toEqual(['`returning` has more than columns']); // prettier-ignore
    expect(await shapeOf('update venues set tier = 1 where id = $1 returning now()')).toEqual([]);
    expect(await shapeOf('select exists (select from venues)')).toEqual(['empty select list']);
    expect(await shapeOf("update venues set name = '' where created_at + interval '1 day' < now()")).toEqual(['column ± interval in an update']); // prettier-ignore
    expect(await shapeOf("update venues set name = '' where created_at < now() - make_interval(secs => 1)")).toEqual([]); // prettier-ignore
    expect(await shapeOf('select 1 from tickets where event_id = any($1::uuid[]) for update')).toEqual(['`for update` of tickets at several Events']); // prettier-ignore
    expect(await shapeOf('with moved as (update tickets set tier = 1 where event_id = $1 returning place) insert into bookings (event_id) select $1 from moved returning id')).toEqual(['a data-modifying CTE feeds `insert … select … returning`']); // prettier-ignore
    expect(await shapeOf('select 1 from venues v cross join lateral (select a from unnest(v.aliases) a limit 1) x')).toEqual(['`lateral … limit` over a function']); // prettier-ignore
  });

  test('writes', async () => {
    expect(await isWrite('select 1 from tickets')).toBe(false);
    for (const text of [
      'select 1 from tickets for update',
      'delete from tickets',
      'with gone as (delete from tickets returning 1) select 1 from gone',
      "select graphile_worker.add_job('x')",
      'select pg_try_advisory_xact_lock(1)',
    ])
      expect(await isWrite(text), text).toBe(true);
  });
});

describe('every table of an Event', () => {
  test('is known to the rules', async () => {
    const tables = await world.platform.sql<{ name: string }[]>`
      select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'event_id'`;
    // read with the catalogue, also of many Events
    const catalogue = ['event_performers', 'event_stock', 'price_tiers', 'search_dead_letters'];
    expect(
      tables
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('audit_'))
        .toSorted(),
    ).toEqual([...EVENT_TABLES, ...catalogue].toSorted());
  });

  test('has the Event first in its keys, unique constraints and indexes', async () => {
    const indexes = await world.platform.sql<
      { name: string; table: string; isUnique: boolean; first: string }[]
    >`
      select c.relname as name, t.relname as table, i.indisunique as "isUnique",
        pg_get_indexdef(i.indexrelid, 1, true) as first
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'public'::regnamespace
        and exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'event_id')`;
    const ofEvents = indexes.filter(({ table }) => EVENT_TABLES.has(table));
    const others = ofEvents.filter(({ first }) => first !== 'event_id');
    expect(ofEvents.length).toBeGreaterThan(10);
    expect(others.filter(({ isUnique }) => isUnique)).toEqual([]);
    expect(others.map(({ name }) => name).filter((name) => !INDEXES_OVER_EVENTS.includes(name))).toEqual([]);
  });

  test('is referred to with the Event, and no table refers to tickets', async () => {
    const keys = await world.platform.sql<{ name: string; from: string; to: string; columns: string[] }[]>`
      select k.conname as name, k.conrelid::regclass::text as from, k.confrelid::regclass::text as to,
        (select array_agg(a.attname::text order by o.position) from unnest(k.conkey) with ordinality as o (number, position)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.number) as columns
      from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`;
    const toTickets = keys.filter(({ to }) => to === 'tickets').map(({ name }) => name);
    expect(toTickets).toEqual([]);
    const toEventRows = keys.filter(({ to }) => EVENT_TABLES.has(to));
    expect(toEventRows.map(({ name }) => name)).toEqual(['booking_tickets_belong_to_a_booking']);
    expect(toEventRows.filter(({ columns }) => columns[0] !== 'event_id')).toEqual([]);
  });
});
