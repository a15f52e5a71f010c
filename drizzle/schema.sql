-- The sum of all migrations; written by `node scripts/dump-schema.ts`. Never edit.

create extension fuzzystrmatch;
create extension pg_trgm;

create type checkout_step as enum ('opened', 'charging', 'awaiting_payment', 'paid', 'confirmed', 'declining', 'declined', 'refunding', 'refunded', 'cancelling', 'cancelled');
create type event_status as enum ('DRAFT', 'ANNOUNCED', 'ON_SALE', 'CANCELLED');
create type ledger_kind as enum ('charge', 'refund', 'refund_returned', 'dispute', 'dispute_returned', 'fee', 'correction');
create type reservation_status as enum ('HELD', 'BOOKED', 'RELEASED', 'EXPIRED');
create type ticket_status as enum ('AVAILABLE', 'RESERVED', 'SOLD', 'BLOCKED');
create type visit_end as enum ('EXPIRED', 'LEFT', 'BOUGHT', 'CLOSED');
create type waiting_room_order as enum ('SHUFFLED', 'ARRIVAL');
create type waiting_room_phase as enum ('BEFORE_OPENING', 'DRAWING', 'OPEN', 'CLOSED');

create table archived_reservations (
  event_id uuid not null,
  id uuid not null,
  viewer_id text not null,
  status reservation_status not null default 'HELD'::reservation_status,
  places integer[] not null,
  amount integer,
  currency text not null,
  held_until timestamp with time zone not null,
  held_until_cap timestamp with time zone not null,
  paying_since timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  amount_minor bigint,
  constraint archived_reservations_event_id_id_pk PRIMARY KEY (event_id, id)
);

create table archived_tickets (
  event_id uuid not null,
  place integer not null,
  tier smallint not null,
  status ticket_status not null default 'AVAILABLE'::ticket_status,
  version integer not null default 0,
  reservation_id uuid,
  held_until timestamp with time zone,
  constraint archived_tickets_event_id_place_pk PRIMARY KEY (event_id, place)
);

create table archived_waiting_room_admissions (
  event_id uuid not null,
  generation integer not null,
  place integer not null,
  entry text not null,
  admitted_at timestamp with time zone not null,
  visit_ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by visit_end,
  number integer,
  end_number integer,
  constraint archived_waiting_room_admissions_event_id_generation_place_pk PRIMARY KEY (event_id, generation, place)
);

create table booking_tickets (
  event_id uuid not null,
  place integer not null,
  booking_id uuid not null,
  amount integer,
  cancelled_at timestamp with time zone,
  amount_minor bigint,
  constraint booking_tickets_belong_to_a_booking FOREIGN KEY (event_id, booking_id) REFERENCES bookings(event_id, id),
  constraint booking_tickets_event_id_booking_id_place_pk PRIMARY KEY (event_id, booking_id, place),
  constraint booking_tickets_have_an_amount CHECK (((COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) >= 0) AND (COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) <= '9007199254740991'::bigint))) NOT VALID
);

create table bookings (
  event_id uuid not null,
  id uuid not null,
  reservation_id uuid not null,
  viewer_id text not null,
  step checkout_step not null default 'opened'::checkout_step,
  amount integer,
  currency text not null,
  payment_method text,
  intent_id text,
  client_secret text,
  refund_id text,
  failure_code text,
  failure_message text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  confirmed_at timestamp with time zone,
  return_url text,
  pay_until timestamp with time zone not null default now(),
  redirect_url text,
  refund_status text,
  attempt smallint,
  shared_intent boolean,
  latest_charge_id text,
  amount_minor bigint,
  intent_replacements smallint not null default 0,
  foreign_refunds jsonb,
  cancelled_with_event boolean,
  constraint bookings_event_id_id_pk PRIMARY KEY (event_id, id),
  constraint bookings_have_an_amount CHECK (((COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) >= 0) AND (COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) <= '9007199254740991'::bigint))) NOT VALID,
  constraint confirmed_bookings_say_when CHECK (((step <> 'confirmed'::checkout_step) OR (confirmed_at IS NOT NULL)))
) with (fillfactor=85, autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_analyze_scale_factor=0.01, autovacuum_analyze_threshold=2000);

create table disputes (
  event_id uuid not null,
  id text not null,
  intent_id text not null,
  booking_id uuid,
  amount bigint not null,
  currency text not null,
  status text not null,
  reason text not null,
  evidence_due_by timestamp with time zone,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null default now(),
  constraint disputes_event_id_id_pk PRIMARY KEY (event_id, id)
);

create table event_audit (
  event_id uuid not null,
  number bigint not null,
  at timestamp with time zone not null default now(),
  actor text not null,
  by_administrator boolean not null,
  mutation text not null,
  changes jsonb not null,
  constraint event_audit_event_id_number_pk PRIMARY KEY (event_id, number)
);

create table event_cancellations (
  event_id uuid not null,
  cancelled_at timestamp with time zone not null default now(),
  settled_at timestamp with time zone,
  constraint event_cancellations_pkey PRIMARY KEY (event_id)
);

create table event_locks (
  event_id uuid not null,
  kind smallint not null,
  number integer not null,
  constraint event_locks_event_id_kind_number_pk PRIMARY KEY (event_id, kind, number)
);

create table event_performers (
  event_id uuid not null,
  performer_id uuid not null,
  "position" smallint not null,
  constraint event_performers_event_id_events_id_fk FOREIGN KEY (event_id) REFERENCES events(id),
  constraint event_performers_event_id_performer_id_pk PRIMARY KEY (event_id, performer_id),
  constraint event_performers_performer_id_performers_id_fk FOREIGN KEY (performer_id) REFERENCES performers(id)
);

create table event_stock (
  event_id uuid not null,
  available integer not null,
  accessible integer not null,
  counted_at timestamp with time zone not null,
  constraint event_stock_pkey PRIMARY KEY (event_id)
);

create table event_words (
  word text not null,
  described_only boolean not null default false,
  constraint event_words_pkey PRIMARY KEY (word)
);

create table events (
  id uuid not null,
  organiser_id text,
  venue_id uuid,
  seating_plan_id uuid,
  name text not null,
  description text not null default ''::text,
  category text not null,
  genre text,
  series text,
  city text,
  country_code text,
  latitude double precision,
  longitude double precision,
  timezone text not null,
  starts_at timestamp(3) with time zone not null,
  starts_at_is_approximate boolean not null default false,
  ends_at timestamp with time zone,
  status event_status not null default 'DRAFT'::event_status,
  sale_starts_at timestamp with time zone,
  sale_ends_at timestamp with time zone,
  currency text,
  lowest_price integer,
  highest_price integer,
  ticket_limit integer not null default 10,
  hold_seconds integer not null default 600,
  hold_cap_seconds integer not null default 1800,
  folded text not null,
  search_text text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  folded_city text,
  search_words tsvector default (setweight(to_tsvector('simple'::regconfig, regexp_replace(folded, '[\s!-/:-@\[-`{-~\u0080-\u00bf\u00d7\u00f7\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f]+'::text, ' '::text, 'g'::text)), 'A'::"char") || to_tsvector('simple'::regconfig, search_text)),
  orphan_rule boolean not null default false,
  lowest_price_minor bigint,
  highest_price_minor bigint,
  archiving_since timestamp with time zone,
  archived_at timestamp with time zone,
  search_document tsvector,
  sale_paused_at timestamp with time zone,
  cancellation_ends_at timestamp with time zone,
  constraint events_end_after_they_start CHECK (((ends_at IS NULL) OR (ends_at >= starts_at))),
  constraint events_pkey PRIMARY KEY (id),
  constraint events_seating_plan_id_seating_plans_id_fk FOREIGN KEY (seating_plan_id) REFERENCES seating_plans(id),
  constraint events_venue_id_venues_id_fk FOREIGN KEY (venue_id) REFERENCES venues(id),
  constraint holds_fit_under_their_cap CHECK ((((hold_seconds >= 30) AND (hold_seconds <= hold_cap_seconds)) AND (hold_cap_seconds <= 86400))),
  constraint sold_events_have_plan_and_currency CHECK (((status <> 'ON_SALE'::event_status) OR ((seating_plan_id IS NOT NULL) AND (currency IS NOT NULL)))),
  constraint ticket_limit_is_sane CHECK (((ticket_limit >= 1) AND (ticket_limit <= 100)))
);

create table idempotency_keys (
  viewer_id text not null,
  key text not null,
  operation text not null,
  input_hash text not null,
  answer jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_viewer_id_key_pk PRIMARY KEY (viewer_id, key)
) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=5000);

create table idempotent_calls (
  event_id uuid not null,
  viewer_id text not null,
  key text not null,
  operation text not null,
  input_hash text not null,
  answer jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint idempotent_calls_event_id_viewer_id_key_pk PRIMARY KEY (event_id, viewer_id, key)
) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=5000, autovacuum_analyze_scale_factor=0.02, autovacuum_analyze_threshold=5000);

create table ledger_backfill (
  "only" boolean not null default true,
  passes smallint not null default 0,
  last_event_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  last_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  pass_begins timestamp with time zone not null default now(),
  constraint ledger_backfill_pkey PRIMARY KEY ("only"),
  constraint there_is_one_ledger_backfill CHECK ("only")
);

create table ledger_entries (
  event_id uuid not null,
  stripe_id text not null,
  kind ledger_kind not null,
  intent_id text not null,
  booking_id uuid,
  amount bigint not null,
  currency text not null,
  cause text not null,
  recorded_at timestamp with time zone not null default now(),
  constraint ledger_entries_event_id_stripe_id_kind_pk PRIMARY KEY (event_id, stripe_id, kind),
  constraint ledger_entries_have_a_safe_amount CHECK (((amount >= '-9007199254740991'::bigint) AND (amount <= '9007199254740991'::bigint)))
);

create table payment_alarms (
  alarm text not null,
  subject text not null,
  reason text not null,
  first_raised_at timestamp with time zone not null default now(),
  constraint payment_alarms_alarm_subject_reason_pk PRIMARY KEY (alarm, subject, reason)
);

create table performers (
  id uuid not null,
  organiser_id text,
  name text not null,
  kind text not null,
  genre text,
  role text,
  country_code text,
  folded text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint performers_pkey PRIMARY KEY (id)
);

create table price_tiers (
  event_id uuid not null,
  tier smallint not null,
  name text not null,
  amount integer,
  amount_minor bigint,
  constraint price_tiers_event_id_events_id_fk FOREIGN KEY (event_id) REFERENCES events(id),
  constraint price_tiers_event_id_tier_pk PRIMARY KEY (event_id, tier),
  constraint price_tiers_have_a_price CHECK (((COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) >= 0) AND (COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) <= '9007199254740991'::bigint))) NOT VALID,
  constraint prices_are_not_negative CHECK ((amount >= 0))
);

create table refund_requests (
  event_id uuid not null,
  id uuid not null,
  booking_id uuid not null,
  number smallint not null,
  attempt smallint not null default 1,
  amount bigint not null,
  currency text not null,
  places integer[],
  reason text,
  actor text not null,
  state text not null default 'due'::text,
  refund_id text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint refund_requests_event_id_id_pk PRIMARY KEY (event_id, id),
  constraint refund_requests_have_an_amount CHECK (((amount >= 0) AND (amount <= '9007199254740991'::bigint)))
);

create table refunds (
  event_id uuid not null,
  id text not null,
  intent_id text not null,
  booking_id uuid,
  amount bigint not null,
  currency text not null,
  status text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint refunds_event_id_id_pk PRIMARY KEY (event_id, id),
  constraint refunds_give_something_back CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
);

create table replication_slots (
  name text not null,
  generation text,
  constraint replication_slots_pkey PRIMARY KEY (name)
);

create table reservations (
  event_id uuid not null,
  id uuid not null,
  viewer_id text not null,
  status reservation_status not null default 'HELD'::reservation_status,
  places integer[] not null,
  amount integer,
  currency text not null,
  held_until timestamp with time zone not null,
  held_until_cap timestamp with time zone not null,
  paying_since timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  amount_minor bigint,
  constraint reservations_event_id_id_pk PRIMARY KEY (event_id, id),
  constraint reservations_have_an_amount CHECK (((COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) >= 0) AND (COALESCE(amount_minor, (amount)::bigint, ('-1'::integer)::bigint) <= '9007199254740991'::bigint))) NOT VALID,
  constraint reservations_hold_something CHECK ((cardinality(places) > 0))
) with (fillfactor=85, autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_analyze_scale_factor=0.005, autovacuum_analyze_threshold=2000);

create table search_builds (
  alias text not null,
  wanted integer not null default 1,
  constraint search_builds_pkey PRIMARY KEY (alias)
);

create table search_dead_letters (
  event_id uuid not null,
  reason text not null,
  version bigint not null,
  rejections integer not null default 1,
  first_rejected_at timestamp with time zone not null default now(),
  last_rejected_at timestamp with time zone not null default now(),
  constraint reasons_are_short CHECK ((length(reason) <= 500)),
  constraint search_dead_letters_pkey PRIMARY KEY (event_id)
);

create table seating_plans (
  id uuid not null,
  venue_id uuid not null,
  name text not null,
  version integer not null,
  places integer not null,
  layout jsonb not null,
  fingerprint text not null,
  created_at timestamp with time zone not null default now(),
  organiser_id text,
  constraint one_version_of_a_plan UNIQUE (venue_id, name, version),
  constraint plans_have_places CHECK (((places >= 1) AND (places <= 100000))),
  constraint seating_plans_pkey PRIMARY KEY (id),
  constraint seating_plans_venue_id_venues_id_fk FOREIGN KEY (venue_id) REFERENCES venues(id)
);

create table shops (
  "only" boolean not null default true,
  id uuid not null default gen_random_uuid(),
  constraint shops_pkey PRIMARY KEY ("only"),
  constraint there_is_one_shop CHECK ("only")
);

create table suggestion_words (
  word text not null,
  is_inner boolean not null,
  kind text not null,
  key text not null,
  name text not null,
  words text not null,
  events integer not null,
  first_event_id uuid not null,
  until timestamp with time zone not null,
  country_code text,
  latitude double precision,
  longitude double precision,
  constraint suggestion_words_word_kind_key_pk PRIMARY KEY (word, kind, key)
);

create table tickets (
  event_id uuid not null,
  place integer not null,
  tier smallint not null,
  status ticket_status not null default 'AVAILABLE'::ticket_status,
  version integer not null default 0,
  reservation_id uuid,
  held_until timestamp with time zone,
  constraint tickets_event_id_place_pk PRIMARY KEY (event_id, place),
  constraint tickets_say_who_has_them CHECK (
CASE status
    WHEN 'RESERVED'::ticket_status THEN ((reservation_id IS NOT NULL) AND (held_until IS NOT NULL))
    WHEN 'SOLD'::ticket_status THEN ((reservation_id IS NOT NULL) AND (held_until IS NULL))
    ELSE ((reservation_id IS NULL) AND (held_until IS NULL))
END)
) with (fillfactor=75, autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_threshold=10000, autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_analyze_scale_factor=0.01, autovacuum_analyze_threshold=10000);

create table venues (
  id uuid not null,
  organiser_id text,
  name text not null,
  aliases text[] not null default '{}'::text[],
  kind text not null,
  city text not null,
  region text,
  country text not null,
  country_code text not null,
  latitude double precision,
  longitude double precision,
  timezone text not null,
  capacity integer,
  folded text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint venues_pkey PRIMARY KEY (id)
);

create table waiting_room_abandoned_places (
  event_id uuid not null,
  generation integer not null,
  part integer not null,
  places bytea not null,
  constraint waiting_room_abandoned_places_event_id_generation_part_pk PRIMARY KEY (event_id, generation, part)
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_threshold=200, autovacuum_analyze_scale_factor=0.01, autovacuum_analyze_threshold=500);

create table waiting_room_admissions (
  event_id uuid not null,
  generation integer not null,
  place integer not null,
  entry text not null,
  admitted_at timestamp with time zone not null,
  visit_ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by visit_end,
  number integer,
  end_number integer,
  constraint waiting_room_admissions_event_id_generation_place_pk PRIMARY KEY (event_id, generation, place)
) with (autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_analyze_scale_factor=0.01, autovacuum_analyze_threshold=2000);

create table waiting_room_lists (
  event_id uuid not null,
  generation integer not null,
  part integer not null,
  entries bytea not null,
  constraint waiting_room_lists_event_id_generation_part_pk PRIMARY KEY (event_id, generation, part)
);

create table waiting_rooms (
  event_id uuid not null,
  generation integer not null,
  phase waiting_room_phase not null default 'BEFORE_OPENING'::waiting_room_phase,
  is_paused boolean not null default false,
  is_draining boolean not null default false,
  opens_at timestamp with time zone not null,
  capacity integer not null,
  admissions_per_minute integer not null,
  visit_seconds integer not null,
  grace_seconds integer not null,
  "order" waiting_room_order not null,
  protects_seat_map boolean not null,
  keeps_places boolean not null,
  requires_challenge boolean not null,
  key bytea not null,
  seed bytea not null,
  list_hash text,
  listed integer,
  places_reserved integer not null default 0,
  served integer not null default 0,
  waiting integer not null default 0,
  inside integer not null default 0,
  fence bigint not null default 0,
  controller text,
  controller_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  admitted_per_minute real,
  tickets_left integer,
  tickets_held integer,
  seconds_to_clear integer,
  figures_at timestamp with time zone,
  progress_at timestamp with time zone,
  abandoned integer not null default 0,
  admitted integer not null default 0,
  bought integer not null default 0,
  visits_left integer not null default 0,
  visits_expired integer not null default 0,
  visits_closed integer not null default 0,
  logged integer not null default 0,
  is_settled boolean not null default false,
  constraint waiting_rooms_admit CHECK (((capacity > 0) AND (admissions_per_minute > 0) AND (visit_seconds > 0) AND (grace_seconds > 0))),
  constraint waiting_rooms_event_id_generation_pk PRIMARY KEY (event_id, generation),
  constraint waiting_rooms_serve_given_places CHECK (((served >= 0) AND (served <= places_reserved)))
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_threshold=200, autovacuum_analyze_scale_factor=0.01, autovacuum_analyze_threshold=500);

create table webhook_events (
  id text not null,
  type text not null,
  payload jsonb not null,
  received_at timestamp with time zone not null default now(),
  handled_at timestamp with time zone,
  constraint webhook_events_pkey PRIMARY KEY (id)
) with (fillfactor=85, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=5000);

CREATE INDEX admissions_by_end ON public.waiting_room_admissions USING btree (event_id, generation, ended_at);
CREATE INDEX admissions_by_end_number ON public.waiting_room_admissions USING btree (event_id, generation, end_number) WHERE (end_number IS NOT NULL);
CREATE INDEX admissions_by_entry ON public.waiting_room_admissions USING btree (event_id, generation, entry);
CREATE INDEX admissions_by_number ON public.waiting_room_admissions USING btree (event_id, generation, number);
CREATE INDEX admissions_of_visits ON public.waiting_room_admissions USING btree (event_id, generation, visit_ends_at, place) WHERE (ended_at IS NULL);
CREATE INDEX admissions_to_number ON public.waiting_room_admissions USING btree (event_id, generation, ended_at, place) WHERE ((ended_at IS NOT NULL) AND (end_number IS NULL));
CREATE INDEX archived_admissions_by_end_number ON public.archived_waiting_room_admissions USING btree (event_id, generation, end_number);
CREATE INDEX archived_admissions_by_number ON public.archived_waiting_room_admissions USING btree (event_id, generation, number);
CREATE INDEX archived_reservations_of_viewers ON public.archived_reservations USING btree ((((viewer_id || '@'::text) || (event_id)::text)));
CREATE INDEX bookings_by_confirmation ON public.bookings USING btree (confirmed_at, id);
CREATE INDEX bookings_by_intent ON public.bookings USING btree (intent_id);
CREATE INDEX bookings_by_reservation ON public.bookings USING btree (event_id, reservation_id);
CREATE INDEX bookings_by_viewer ON public.bookings USING btree (viewer_id, created_at);
CREATE INDEX bookings_refund_unsettled ON public.bookings USING btree (updated_at) WHERE (refund_status <> ALL (ARRAY['succeeded'::text, 'failed'::text, 'canceled'::text]));
CREATE INDEX bookings_under_way ON public.bookings USING btree (updated_at) WHERE (step <> ALL (ARRAY['confirmed'::checkout_step, 'declined'::checkout_step, 'refunded'::checkout_step, 'cancelled'::checkout_step]));
CREATE INDEX bookings_with_open_intents ON public.bookings USING btree (updated_at) WHERE ((step = 'declined'::checkout_step) AND shared_intent);
CREATE INDEX disputes_by_booking ON public.disputes USING btree (event_id, booking_id);
CREATE INDEX disputes_by_id ON public.disputes USING btree (id);
CREATE INDEX event_audit_by_age ON public.event_audit USING btree (at);
CREATE INDEX event_cancellations_unsettled ON public.event_cancellations USING btree (cancelled_at) WHERE (settled_at IS NULL);
CREATE INDEX event_performers_by_performer ON public.event_performers USING btree (performer_id);
CREATE INDEX event_stock_by_age ON public.event_stock USING btree (counted_at);
CREATE INDEX event_words_by_trigram ON public.event_words USING gin (word gin_trgm_ops);
CREATE INDEX events_by_city ON public.events USING btree (folded_city, starts_at, id);
CREATE INDEX events_by_document ON public.events USING gin (search_document);
CREATE INDEX events_by_organiser ON public.events USING btree (organiser_id, starts_at, id);
CREATE INDEX events_by_point ON public.events USING btree (latitude, longitude);
CREATE INDEX events_by_start ON public.events USING btree (starts_at, id);
CREATE INDEX events_by_venue ON public.events USING btree (venue_id, starts_at, id);
CREATE INDEX events_by_words ON public.events USING gin (search_words);
CREATE INDEX events_of_days ON public.events USING btree (ends_at) WHERE ((ends_at AT TIME ZONE 'UTC'::text) > ((starts_at AT TIME ZONE 'UTC'::text) + '1 day'::interval));
CREATE INDEX events_on_sale ON public.events USING btree (starts_at, id) WHERE (status = 'ON_SALE'::event_status);
CREATE INDEX events_to_archive ON public.events USING btree (starts_at, id) WHERE ((archived_at IS NULL) AND (status = ANY (ARRAY['ON_SALE'::event_status, 'CANCELLED'::event_status])));
CREATE INDEX events_without_document ON public.events USING btree (starts_at, id) WHERE (search_document IS NULL);
CREATE INDEX idempotent_calls_by_age ON public.idempotent_calls USING btree (created_at);
CREATE INDEX ledger_entries_by_age ON public.ledger_entries USING btree (recorded_at, stripe_id, kind);
CREATE INDEX ledger_entries_by_intent ON public.ledger_entries USING btree (event_id, intent_id);
CREATE INDEX ledger_entries_by_stripe_id ON public.ledger_entries USING btree (stripe_id);
CREATE INDEX payment_alarms_by_age ON public.payment_alarms USING btree (first_raised_at);
CREATE INDEX performers_by_folded ON public.performers USING gin (folded gin_trgm_ops);
CREATE INDEX refund_requests_unsettled ON public.refund_requests USING btree (state, updated_at) WHERE (state = ANY (ARRAY['due'::text, 'pending'::text]));
CREATE INDEX refunds_by_booking ON public.refunds USING btree (event_id, booking_id);
CREATE INDEX refunds_by_id ON public.refunds USING btree (id);
CREATE INDEX reservations_by_viewer ON public.reservations USING btree (viewer_id, created_at);
CREATE INDEX reservations_by_viewer_at_event ON public.reservations USING btree (event_id, viewer_id);
CREATE INDEX reservations_held_at_event ON public.reservations USING btree (event_id, held_until) WHERE (status = 'HELD'::reservation_status);
CREATE INDEX rooms_to_settle ON public.waiting_rooms USING btree (event_id) WHERE ((phase = 'CLOSED'::waiting_room_phase) AND (NOT is_settled));
CREATE INDEX seating_plans_by_age ON public.seating_plans USING btree (venue_id, created_at, id);
CREATE INDEX suggestion_words_by_four ON public.suggestion_words USING btree ("left"(word, 4), is_inner, events DESC NULLS LAST);
CREATE INDEX suggestion_words_by_two ON public.suggestion_words USING btree ("left"(word, 2), is_inner, events DESC NULLS LAST);
CREATE INDEX suggestion_words_by_word ON public.suggestion_words USING btree (word text_pattern_ops, is_inner, events DESC NULLS LAST);
CREATE INDEX venues_by_folded ON public.venues USING gin (folded gin_trgm_ops);
CREATE INDEX webhook_events_by_handling ON public.webhook_events USING btree (handled_at);
CREATE INDEX webhook_events_unhandled ON public.webhook_events USING btree (received_at) WHERE (handled_at IS NULL);
CREATE UNIQUE INDEX one_live_booking_per_reservation ON public.bookings USING btree (event_id, reservation_id) WHERE (step <> ALL (ARRAY['declined'::checkout_step, 'refunded'::checkout_step, 'cancelled'::checkout_step]));
CREATE UNIQUE INDEX one_owner_per_place ON public.booking_tickets USING btree (event_id, place) WHERE (cancelled_at IS NULL);
CREATE UNIQUE INDEX one_room_at_a_time ON public.waiting_rooms USING btree (event_id) WHERE (phase <> 'CLOSED'::waiting_room_phase);
CREATE UNIQUE INDEX refund_requests_are_numbered ON public.refund_requests USING btree (event_id, booking_id, number);

CREATE OR REPLACE FUNCTION public.copy_to_idempotency_keys()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	-- a key used at two Events is one key here: it keeps its first row, and the former version refuses the second Event
	insert into idempotency_keys as kept (viewer_id, key, operation, input_hash, answer, created_at)
	select distinct on (viewer_id, key) viewer_id, key, operation, input_hash, answer, created_at
	from written
	order by viewer_id, key
	on conflict (viewer_id, key) do update
		set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer,
			created_at = excluded.created_at
		where kept.created_at <= excluded.created_at - interval '24 hours';
	return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.copy_to_idempotent_calls()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	-- a version that knows only `idempotency_keys` wrote these rows; 24 hours is the retention of both tables
	insert into idempotent_calls as kept (event_id, viewer_id, key, operation, input_hash, answer, created_at)
	select (answer ->> 'eventId')::uuid as event_id, viewer_id, key, operation, input_hash, answer, created_at
	from written where answer ? 'eventId'
	order by 1, viewer_id, key
	on conflict (event_id, viewer_id, key) do update
		set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer,
			created_at = excluded.created_at
		where kept.created_at <= excluded.created_at - interval '24 hours';
	return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.delete_from_idempotency_keys()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	delete from idempotency_keys kept using gone
	where kept.viewer_id = gone.viewer_id and kept.key = gone.key and kept.created_at = gone.created_at;
	return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.forget_search_document()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	new.search_document := null;
	return new;
end $function$
;
CREATE OR REPLACE FUNCTION public.local_time_of(instant timestamp with time zone, zone text)
 RETURNS timestamp without time zone
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
	return instant at time zone zone;
exception when invalid_parameter_value then
	return instant at time zone 'UTC'; -- a zone that the tz database of this Postgres lacks, as catalog/local-time shows it
end $function$
;
CREATE OR REPLACE FUNCTION public.refuse_uncountable_booking()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	if exists (select from bookings where event_id = new.event_id and id = new.booking_id and amount is null) then
		raise exception 'booking % has an amount that this version of Onsale cannot count', new.booking_id using errcode = '22003';
	end if;
	return new;
end $function$
;
CREATE OR REPLACE FUNCTION public.refuse_uncountable_reservation()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	if exists (select from price_tiers where event_id = new.event_id and amount is null) then
		raise exception 'event % has prices that this version of Onsale cannot count', new.event_id using errcode = '22003';
	end if;
	return new;
end $function$
;

CREATE TRIGGER booking_tickets_are_countable BEFORE INSERT ON public.booking_tickets FOR EACH ROW WHEN ((new.amount_minor IS NULL)) EXECUTE FUNCTION refuse_uncountable_booking();
CREATE TRIGGER forget_search_document BEFORE UPDATE OF search_text, description, category ON public.events FOR EACH ROW WHEN (((((old.search_text IS DISTINCT FROM new.search_text) OR (old.description IS DISTINCT FROM new.description)) OR (old.category IS DISTINCT FROM new.category)) AND (NOT (old.search_document IS DISTINCT FROM new.search_document)))) EXECUTE FUNCTION forget_search_document();
CREATE TRIGGER copy_inserted AFTER INSERT ON public.idempotency_keys REFERENCING NEW TABLE AS written FOR EACH STATEMENT WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION copy_to_idempotent_calls();
CREATE TRIGGER copy_updated AFTER UPDATE ON public.idempotency_keys REFERENCING NEW TABLE AS written FOR EACH STATEMENT WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION copy_to_idempotent_calls();
CREATE TRIGGER copy_inserted AFTER INSERT ON public.idempotent_calls REFERENCING NEW TABLE AS written FOR EACH STATEMENT WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION copy_to_idempotency_keys();
CREATE TRIGGER copy_updated AFTER UPDATE ON public.idempotent_calls REFERENCING NEW TABLE AS written FOR EACH STATEMENT WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION copy_to_idempotency_keys();
CREATE TRIGGER delete_copies AFTER DELETE ON public.idempotent_calls REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION delete_from_idempotency_keys();
CREATE TRIGGER reservations_are_countable BEFORE INSERT ON public.reservations FOR EACH ROW WHEN ((new.amount_minor IS NULL)) EXECUTE FUNCTION refuse_uncountable_reservation();

create publication onsale_realtime for table events (id), performers (id), price_tiers (event_id, tier), tickets (event_id, place, status, version), venues (id) with (publish = 'update');
create publication onsale_search for table event_performers (event_id, performer_id), events (id), performers (id), price_tiers (event_id, tier), venues (id) with (publish = 'insert, update, delete, truncate');
create publication onsale_search_sales for table tickets (event_id, place) with (publish = 'update, truncate');

