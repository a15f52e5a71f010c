import postgres from 'postgres';

/** Past Events with tickets: fewer than the hundred values of a column that statistics keep, so that they know each. */
const SALES = 80;
const TICKETS_PER_SALE = 8_000;
const RESERVATIONS_PER_SALE = 2_500;
/** Past Events whose tickets are in the archive. */
const ARCHIVED_SALES = 20;
/** Of each past sale, admitted by its waiting room. */
const ADMISSIONS_PER_SALE = 3_000;
/** Events that were announced only. */
const ANNOUNCED = 20_000;
const CALLS = 80_000;
const WEBHOOKS = 80_000;

/** Tables whose statistics stay as they are after the planting. */
const FROZEN =
  `tickets, reservations, bookings, booking_tickets, idempotent_calls, webhook_events, events, event_performers,
  event_words, suggestion_words, price_tiers, event_audit, event_locks, event_stock, seating_plans, archived_tickets, archived_reservations, waiting_rooms,
  waiting_room_abandoned_places, waiting_room_lists, waiting_room_admissions, archived_waiting_room_admissions,
  ledger_entries, refunds, disputes, event_cancellations, refund_requests`.split(/,\s*/);

const id = (table: string, number: string) =>
  `('01900000-000${table}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/**
 * Plant years of past sales, 1.6 million rows, then the statistics of them. Later rows are unknown to the statistics, which
 * is the state of a shop for as long as autovacuum has not noticed a new sale.
 */
export async function plantHistory(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`set session_replication_role = replica; set synchronous_commit = off`); // no triggers, no foreign keys
    for (const table of FROZEN) await sql.unsafe(`alter table ${table} set (autovacuum_enabled = off)`);
    await sql.unsafe(CATALOGUE);
    await sql.unsafe(SALES_OF_THE_PAST);
    await sql.unsafe(ARCHIVE);
    await sql.unsafe(WAITING_ROOMS);
    await sql.unsafe(MESSAGES);
    await sql.unsafe('vacuum (analyze)');
  } finally {
    await sql.end();
  }
}

const CATALOGUE = `
  insert into venues (id, name, kind, city, country, country_code, timezone, folded)
  select ${id('1', 'n')}, 'House ' || n, 'hall', 'City ' || n % 50, 'Germany', 'DE', 'Europe/Berlin', 'house ' || n
  from generate_series(1, 300) n;
  insert into seating_plans (id, venue_id, name, version, places, layout, fingerprint)
  select gen_random_uuid(), ${id('1', 'n')}, 'Plan ' || plan, version, 1, '{}', ''
  from generate_series(1, 300) n, generate_series(1, 10) plan, generate_series(1, 2) version;
  insert into performers (id, name, kind, folded)
  select ${id('2', 'n')}, 'Band ' || n, 'band', 'band ' || n from generate_series(1, 2000) n;
  insert into events (id, organiser_id, venue_id, name, category, genre, city, country_code, timezone, starts_at, ends_at,
    status, currency, folded, search_text, search_document, folded_city, latitude, longitude)
  select ${id('3', 'n')}, 'organiser-' || n % 40, ${id('1', '1 + n % 300')}, 'Night ' || n, 'concert', 'Rock',
    'City ' || n % 50, 'DE', 'Europe/Berlin', planned.start,
    case when n % 21 = 0 then planned.start + interval '10 days' when n % 2 = 0 then planned.start + interval '2 hours' end,
    'ANNOUNCED', 'EUR',
    'night ' || n, 'night ' || n || ' band ' || n % 2000 || ' house ' || n % 300,
    case when n % 10 > 0 then setweight(to_tsvector('simple', 'night ' || n), 'A')
      || setweight(to_tsvector('simple', 'band ' || n % 2000 || ' house ' || n % 300 || ' city ' || n % 50), 'B')
      || 'concert:1C rock:2C'::tsvector end, 'city ' || n % 50,
    40 + n % 100 / 10.0, n % 200 / 10.0
  from generate_series(1, ${ANNOUNCED}) n, lateral (select now() + (n % 400 - 350) * interval '1 day' as start) planned;
  insert into event_performers (event_id, performer_id, position)
  select ${id('3', 'n')}, ${id('2', '1 + n % 2000')}, 0 from generate_series(1, ${ANNOUNCED}) n;
  insert into event_words (word)
  select distinct word from events, unnest(tsvector_to_array(search_document)) word on conflict do nothing;
  insert into suggestion_words (word, is_inner, kind, key, name, words, events, first_event_id, until)
  select word, word <> 'night', 'EVENT', md5('night ' || n), 'Night ' || n, 'night ' || n, n % 100, ${id('3', 'n')},
    now() + interval '1 year'
  from generate_series(1, ${ANNOUNCED}) n, unnest(array['night', n::text]) word;
  insert into price_tiers (event_id, tier, name, amount, amount_minor)
  select ${id('3', 'n')}, tier, 'Tier ' || tier, 1000, 1000
  from generate_series(1, ${ANNOUNCED}) n, generate_series(0, 3) tier;`;

const SALES_OF_THE_PAST = `
  insert into tickets (event_id, place, tier, status, version, reservation_id)
  select ${id('3', 'n')}, place, place % 4, case when place < ${RESERVATIONS_PER_SALE * 2} and place / 2 % 10 < 6
      then 'SOLD' else 'AVAILABLE' end::ticket_status, 4,
    case when place < ${RESERVATIONS_PER_SALE * 2} and place / 2 % 10 < 6
      then ${id('4', `n * ${RESERVATIONS_PER_SALE} + place / 2`)} end
  from generate_series(1, ${SALES}) n, generate_series(0, ${TICKETS_PER_SALE - 1}) place;
  insert into reservations (event_id, id, viewer_id, status, places, amount, amount_minor, currency, held_until,
    held_until_cap, created_at)
  select ${id('3', 'n')}, ${id('4', `n * ${RESERVATIONS_PER_SALE} + i`)}, 'past-fan-' || i,
    case when i % 10 < 6 then 'BOOKED' else 'EXPIRED' end::reservation_status, array[i * 2, i * 2 + 1], 2000, 2000, 'EUR',
    past.at, past.at, past.at
  from generate_series(1, ${SALES}) n, generate_series(0, ${RESERVATIONS_PER_SALE - 1}) i,
    lateral (select now() - n * interval '10 days' - i * interval '1 minute' as at) past;
  insert into bookings (event_id, id, reservation_id, viewer_id, step, amount, amount_minor, currency, payment_method,
    intent_id, created_at, updated_at, confirmed_at)
  select event_id, id, id, viewer_id, 'confirmed', amount, amount_minor, currency, 'pm_card_visa', 'pi_past_' || id,
    created_at, created_at, created_at
  from reservations where status = 'BOOKED';
  insert into booking_tickets (event_id, place, booking_id, amount, amount_minor)
  select event_id, place, id, 1000, 1000 from reservations, unnest(places) place where status = 'BOOKED';
  insert into ledger_entries (event_id, stripe_id, kind, intent_id, booking_id, amount, currency, cause, recorded_at)
  select event_id, intent_id, 'charge', intent_id, id, 2000, 'EUR', 'booking', created_at from bookings;
  insert into refunds (event_id, id, intent_id, booking_id, amount, currency, status, created_at, updated_at)
  select event_id, 're_past_' || id, intent_id, id, 100, 'EUR', 'succeeded', created_at, created_at from bookings
  where right(id::text, 1) = '0';
  insert into refund_requests (event_id, id, booking_id, number, amount, currency, actor, state, refund_id, created_at, updated_at)
  select event_id, id, id, 1, 100, 'EUR', 'organiser', 'made', 're_past_' || id, created_at, created_at from bookings;
  insert into disputes (event_id, id, intent_id, booking_id, amount, currency, status, reason, opened_at)
  select event_id, 'du_past_' || id, intent_id, id, 2000, 'EUR', 'lost', 'fraudulent', created_at from bookings
  where right(id::text, 2) = '00';
  insert into event_cancellations (event_id, cancelled_at, settled_at)
  select ${id('3', 'n')}, now() - n * interval '1 hour', now() - n * interval '1 hour' from generate_series(1, ${ANNOUNCED}) n;
  insert into event_stock (event_id, available, accessible, counted_at)
  select ${id('3', 'n')}, n % 10, n % 3, now() - n * interval '1 hour' from generate_series(1, ${ANNOUNCED}) n;
  insert into event_audit (event_id, at, actor, by_administrator, mutation, changes)
  select ${id('3', 'n')}, now() - n * interval '1 hour', 'organiser-' || n % 40, false, 'updateEvent', '[]'
  from generate_series(1, ${ANNOUNCED}) n, generate_series(1, 4);
  insert into event_locks (event_id, kind, number)
  select ${id('3', 'n')}, 1, number * 8 from generate_series(1, ${SALES}) n, generate_series(0, 2047) number;`;

const ARCHIVE = `
  insert into archived_tickets (event_id, place, tier, status, version, reservation_id)
  select ${id('3', 'n')}, place, 0, 'SOLD', 4, ${id('4', 'place')}
  from generate_series(${SALES + 1}, ${SALES + ARCHIVED_SALES}) n, generate_series(0, ${TICKETS_PER_SALE - 1}) place;
  insert into archived_reservations (event_id, id, viewer_id, status, places, amount, amount_minor, currency, held_until,
    held_until_cap)
  select ${id('3', 'n')}, ${id('5', `n * ${RESERVATIONS_PER_SALE} + i`)}, 'former-fan-' || i, 'BOOKED', array[i], 1000, 1000,
    'EUR', past.at, past.at
  from generate_series(${SALES + 1}, ${SALES + ARCHIVED_SALES}) n, generate_series(0, ${RESERVATIONS_PER_SALE - 1}) i,
    lateral (select now() - n * interval '20 days' as at) past;
  update events set archiving_since = now(), archived_at = now()
  where id in (select ${id('3', 'n')} from generate_series(${SALES + 1}, ${SALES + ARCHIVED_SALES}) n);`;

const ADMISSION_COLUMNS = `event_id, generation, place, entry, admitted_at, visit_ends_at, ended_at, ended_by, number, end_number`;

const admissionsOf = (from: number, to: number) => `
  select ${id('3', 'n')}, 1, place, lpad(place::text, 21, '0') || 'A', past.at, past.at + interval '10 minutes',
    past.at + interval '5 minutes', 'BOUGHT', place * 2 - 1, place * 2
  from generate_series(${from}, ${to}) n, generate_series(1, ${ADMISSIONS_PER_SALE}) place,
    lateral (select now() - n * interval '10 days' + place * interval '1 second' as at) past`;

const WAITING_ROOMS = `
  insert into waiting_rooms (event_id, generation, phase, opens_at, capacity, admissions_per_minute, visit_seconds,
    grace_seconds, "order", protects_seat_map, keeps_places, requires_challenge, key, seed, places_reserved, served, logged,
    is_settled, closed_at)
  select ${id('3', 'n')}, 1, 'CLOSED', past.at, 100, 600, 600, 60, 'SHUFFLED', true, false, true, '\\x00', '\\x00',
    ${ADMISSIONS_PER_SALE}, ${ADMISSIONS_PER_SALE}, ${ADMISSIONS_PER_SALE * 2}, true, past.at
  from generate_series(1, ${SALES + ARCHIVED_SALES}) n, lateral (select now() - n * interval '10 days' as at) past;
  insert into waiting_room_lists (event_id, generation, part, entries)
  select ${id('3', 'n')}, 1, part, '\\x00' from generate_series(1, ${SALES + ARCHIVED_SALES}) n, generate_series(0, 9) part;
  insert into waiting_room_abandoned_places (event_id, generation, part, places)
  select ${id('3', 'n')}, 1, part, '\\x00' from generate_series(1, ${SALES}) n, generate_series(0, 9) part;
  insert into waiting_room_admissions (${ADMISSION_COLUMNS}) ${admissionsOf(1, SALES)};
  insert into archived_waiting_room_admissions (${ADMISSION_COLUMNS}) ${admissionsOf(SALES + 1, SALES + ARCHIVED_SALES)};`;

const MESSAGES = `
  insert into idempotent_calls (event_id, viewer_id, key, operation, input_hash, answer, created_at)
  select ${id('3', `1 + n % ${SALES}`)}, 'past-fan-' || n % ${RESERVATIONS_PER_SALE}, 'key-' || n, 'reserveTickets', 'hash',
    '{}', now() - n % 86400 * interval '1 second'
  from generate_series(1, ${CALLS}) n;
  insert into webhook_events (id, type, payload, received_at, handled_at)
  select 'evt_past_' || n, 'payment_intent.succeeded', '{"object": "event"}', past.at, past.at
  from generate_series(1, ${WEBHOOKS}) n, lateral (select now() - n * interval '20 seconds' as at) past;`;

/** Places of `growEvent`, behind those of the Event's plan. */
const GROWN_FROM = 1_000_000;

/** Give an Event on sale a big hall and the reservations and Bookings of its first weeks, unknown to the statistics. */
export async function growEvent(sql: postgres.Sql, eventId: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into tickets (event_id, place, tier, status)
      select ${eventId}, ${GROWN_FROM} + n, 0, 'BLOCKED' from generate_series(1, 20000) n`;
    await tx`
      insert into event_locks (event_id, kind, number)
      select ${eventId}, 1, number * 2 from generate_series(0, 8191) number on conflict do nothing`;
    await tx`
      insert into reservations (event_id, id, viewer_id, status, places, amount, amount_minor, currency, held_until,
        held_until_cap)
      select ${eventId}, gen_random_uuid(), 'recent-fan-' || n % 4000, 'EXPIRED', array[${GROWN_FROM} + n], 1000, 1000, 'EUR',
        now() - interval '1 day', now() - interval '1 day'
      from generate_series(1, 6000) n`;
    await tx`
      insert into reservations (event_id, id, viewer_id, status, places, amount, amount_minor, currency, held_until,
        held_until_cap)
      select ${eventId}, gen_random_uuid(), 'present-fan-' || n, 'HELD', array[${GROWN_FROM} + 10000 + n], 1000, 1000, 'EUR',
        now() + interval '1 hour', now() + interval '1 hour'
      from generate_series(1, 1500) n`;
    await tx`
      insert into bookings (event_id, id, reservation_id, viewer_id, step, amount, amount_minor, currency, confirmed_at)
      select event_id, id, id, viewer_id, 'cancelled', amount, amount_minor, currency, now()
      from reservations where event_id = ${eventId} and status = 'EXPIRED' limit 3000`;
    await tx`
      insert into booking_tickets (event_id, place, booking_id, amount, amount_minor, cancelled_at)
      select b.event_id, r.places[1], b.id, 1000, 1000, now()
      from bookings b join reservations r on r.event_id = b.event_id and r.id = b.id where b.event_id = ${eventId}`;
    await tx`
      insert into ledger_entries (event_id, stripe_id, kind, intent_id, booking_id, amount, currency, cause, recorded_at)
      select event_id, 'pi_recent_' || id, 'charge', 'pi_recent_' || id, id, 1000, 'EUR', 'booking',
        now() - interval '300 days' -- no reconciliation compares them with Stripe
      from bookings where event_id = ${eventId}`;
    await tx`
      insert into waiting_room_admissions (event_id, generation, place, entry, admitted_at, visit_ends_at, ended_at, ended_by,
        number, end_number)
      select ${eventId}, 0, n, 'recent ' || n, now(), now(), now(), 'EXPIRED', n * 2 - 1, n * 2
      from generate_series(1, 6000) n`; // of a room before
  });
}

/** Give the Venue of an Event the plans of many organisers, and lately many versions of one, unknown to the statistics. */
export async function growPlans(sql: postgres.Sql, eventId: string): Promise<void> {
  await sql`
    insert into seating_plans (id, venue_id, organiser_id, name, version, places, layout, fingerprint, created_at)
    select gen_random_uuid(), venue_id, 'organiser-' || n % 500, 'Plan ' || n, 1, 1, '{}', '', now() - n * interval '1 hour'
    from events, generate_series(1, 6000) n where events.id = ${eventId}`;
  await sql`
    insert into seating_plans (id, venue_id, organiser_id, name, version, places, layout, fingerprint)
    select gen_random_uuid(), venue_id, 'organiser-0', 'Saved often', n, 1, '{}', ''
    from events, generate_series(1, 600) n where events.id = ${eventId}`;
}

/** Hold `holds` times four tickets of an Event, and let all of them run out together. */
export async function plantOverdueHolds(sql: postgres.Sql, eventId: string, holds: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into reservations (event_id, id, viewer_id, status, places, amount, amount_minor, currency, held_until,
        held_until_cap)
      select ${eventId}, gen_random_uuid(), 'late-fan-' || n, 'HELD',
        array(select 2000000 + n * 4 + seat from generate_series(0, 3) seat), 4000, 4000, 'EUR', now(), now()
      from generate_series(1, ${holds}::int) n`;
    await tx`
      insert into tickets (event_id, place, tier, status, reservation_id, held_until)
      select event_id, place, 0, 'RESERVED', id, held_until from reservations, unnest(places) place
      where event_id = ${eventId} and status = 'HELD' and viewer_id like 'late-fan-%'`;
  });
}

/** Let answers and webhooks be past their retention, unknown to the statistics. */
export async function plantOldMessages(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into idempotent_calls (event_id, viewer_id, key, operation, input_hash, answer, created_at)
      select gen_random_uuid(), 'former-fan', 'key-' || n, 'reserveTickets', 'hash', '{}', now() - interval '2 days'
      from generate_series(1, 5000) n`;
    await tx`
      insert into webhook_events (id, type, payload, received_at, handled_at)
      select 'evt_old_' || n, 'payment_intent.succeeded', '{"object": "event"}', past.at, past.at
      from generate_series(1, 5000) n, lateral (select now() - interval '31 days' as at) past
      on conflict do nothing`;
  });
}
