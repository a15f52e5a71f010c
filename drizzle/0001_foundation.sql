-- makes every table of the first release; takes no lock, for nothing is there yet
CREATE TYPE "public"."reservation_status" AS ENUM('HELD', 'BOOKED', 'RELEASED', 'EXPIRED');--> statement-breakpoint
CREATE TYPE "public"."ticket_status" AS ENUM('AVAILABLE', 'RESERVED', 'SOLD', 'BLOCKED');--> statement-breakpoint
CREATE TYPE "public"."event_status" AS ENUM('DRAFT', 'ANNOUNCED', 'ON_SALE', 'CANCELLED');--> statement-breakpoint
CREATE TYPE "public"."checkout_step" AS ENUM('opened', 'awaiting_payment', 'paid', 'confirmed', 'declining', 'declined', 'refunding', 'refunded', 'cancelling', 'cancelled');--> statement-breakpoint
CREATE TABLE "reservations" (
	"event_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"viewer_id" text NOT NULL,
	"status" "reservation_status" DEFAULT 'HELD' NOT NULL,
	"places" integer[] NOT NULL,
	"amount" integer NOT NULL,
	"currency" text NOT NULL,
	"held_until" timestamp with time zone NOT NULL,
	"held_until_cap" timestamp with time zone NOT NULL,
	"paying_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reservations_event_id_id_pk" PRIMARY KEY("event_id","id"),
	CONSTRAINT "reservations_hold_something" CHECK (cardinality("reservations"."places") > 0)
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"event_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"tier" smallint NOT NULL,
	"status" "ticket_status" DEFAULT 'AVAILABLE' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"reservation_id" uuid,
	"held_until" timestamp with time zone,
	CONSTRAINT "tickets_event_id_place_pk" PRIMARY KEY("event_id","place"),
	CONSTRAINT "tickets_say_who_has_them" CHECK (case "tickets"."status"
        when 'RESERVED' then "tickets"."reservation_id" is not null and "tickets"."held_until" is not null
        when 'SOLD' then "tickets"."reservation_id" is not null and "tickets"."held_until" is null
        else "tickets"."reservation_id" is null and "tickets"."held_until" is null
      end)
);
--> statement-breakpoint
CREATE TABLE "event_performers" (
	"event_id" uuid NOT NULL,
	"performer_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "event_performers_event_id_performer_id_pk" PRIMARY KEY("event_id","performer_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organiser_id" text,
	"venue_id" uuid,
	"seating_plan_id" uuid,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category" text NOT NULL,
	"genre" text,
	"series" text,
	"city" text,
	"country_code" text,
	"latitude" double precision,
	"longitude" double precision,
	"timezone" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"starts_at_is_approximate" boolean DEFAULT false NOT NULL,
	"ends_at" timestamp with time zone,
	"status" "event_status" DEFAULT 'DRAFT' NOT NULL,
	"sale_starts_at" timestamp with time zone,
	"sale_ends_at" timestamp with time zone,
	"currency" text,
	"lowest_price" integer,
	"highest_price" integer,
	"ticket_limit" integer DEFAULT 10 NOT NULL,
	"hold_seconds" integer DEFAULT 600 NOT NULL,
	"hold_cap_seconds" integer DEFAULT 1800 NOT NULL,
	"folded" text NOT NULL,
	"search_text" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sold_events_have_plan_and_currency" CHECK ("events"."status" <> 'ON_SALE' or ("events"."seating_plan_id" is not null and "events"."currency" is not null)),
	CONSTRAINT "holds_fit_under_their_cap" CHECK ("events"."hold_seconds" between 30 and "events"."hold_cap_seconds" and "events"."hold_cap_seconds" <= 86400),
	CONSTRAINT "ticket_limit_is_sane" CHECK ("events"."ticket_limit" between 1 and 100),
	CONSTRAINT "events_end_after_they_start" CHECK ("events"."ends_at" is null or "events"."ends_at" >= "events"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "performers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organiser_id" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"genre" text,
	"role" text,
	"country_code" text,
	"folded" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "price_tiers" (
	"event_id" uuid NOT NULL,
	"tier" smallint NOT NULL,
	"name" text NOT NULL,
	"amount" integer NOT NULL,
	CONSTRAINT "price_tiers_event_id_tier_pk" PRIMARY KEY("event_id","tier"),
	CONSTRAINT "prices_are_not_negative" CHECK ("price_tiers"."amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "seating_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"venue_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"places" integer NOT NULL,
	"layout" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_version_of_a_plan" UNIQUE("venue_id","name","version"),
	CONSTRAINT "plans_have_places" CHECK ("seating_plans"."places" between 1 and 100000)
);
--> statement-breakpoint
CREATE TABLE "venues" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organiser_id" text,
	"name" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"kind" text NOT NULL,
	"city" text NOT NULL,
	"region" text,
	"country" text NOT NULL,
	"country_code" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"timezone" text NOT NULL,
	"capacity" integer,
	"folded" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "booking_tickets" (
	"event_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"booking_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "booking_tickets_event_id_booking_id_place_pk" PRIMARY KEY("event_id","booking_id","place")
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"event_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reservation_id" uuid NOT NULL,
	"viewer_id" text NOT NULL,
	"step" "checkout_step" DEFAULT 'opened' NOT NULL,
	"amount" integer NOT NULL,
	"currency" text NOT NULL,
	"payment_method" text,
	"intent_id" text,
	"client_secret" text,
	"refund_id" text,
	"failure_code" text,
	"failure_message" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "bookings_event_id_id_pk" PRIMARY KEY("event_id","id"),
	CONSTRAINT "confirmed_bookings_say_when" CHECK ("bookings"."step" <> 'confirmed' or "bookings"."confirmed_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"viewer_id" text NOT NULL,
	"key" text NOT NULL,
	"operation" text NOT NULL,
	"input_hash" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_viewer_id_key_pk" PRIMARY KEY("viewer_id","key")
);
--> statement-breakpoint
ALTER TABLE "event_performers" ADD CONSTRAINT "event_performers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_performers" ADD CONSTRAINT "event_performers_performer_id_performers_id_fk" FOREIGN KEY ("performer_id") REFERENCES "public"."performers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_seating_plan_id_seating_plans_id_fk" FOREIGN KEY ("seating_plan_id") REFERENCES "public"."seating_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_tiers" ADD CONSTRAINT "price_tiers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seating_plans" ADD CONSTRAINT "seating_plans_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_tickets" ADD CONSTRAINT "booking_tickets_belong_to_a_booking" FOREIGN KEY ("event_id","booking_id") REFERENCES "public"."bookings"("event_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_tickets" ADD CONSTRAINT "booking_tickets_are_tickets" FOREIGN KEY ("event_id","place") REFERENCES "public"."tickets"("event_id","place") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_buy_a_reservation" FOREIGN KEY ("event_id","reservation_id") REFERENCES "public"."reservations"("event_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reservations_by_viewer" ON "reservations" USING btree ("viewer_id","created_at");--> statement-breakpoint
CREATE INDEX "reservations_by_viewer_at_event" ON "reservations" USING btree ("event_id","viewer_id");--> statement-breakpoint
CREATE INDEX "reservations_overdue" ON "reservations" USING btree ("held_until") WHERE "reservations"."status" = 'HELD';--> statement-breakpoint
CREATE INDEX "event_performers_by_performer" ON "event_performers" USING btree ("performer_id");--> statement-breakpoint
CREATE INDEX "events_by_start" ON "events" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "events_by_venue" ON "events" USING btree ("venue_id","starts_at");--> statement-breakpoint
CREATE INDEX "events_by_words" ON "events" USING gin (to_tsvector('simple', "search_text"));--> statement-breakpoint
CREATE INDEX "events_by_trigram" ON "events" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "performers_by_folded" ON "performers" USING gin ("folded" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "venues_by_folded" ON "venues" USING gin ("folded" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "one_owner_per_place" ON "booking_tickets" USING btree ("event_id","place") WHERE "booking_tickets"."cancelled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_live_booking_per_reservation" ON "bookings" USING btree ("event_id","reservation_id") WHERE "bookings"."step" not in ('declined', 'refunded', 'cancelled');--> statement-breakpoint
CREATE INDEX "bookings_by_viewer" ON "bookings" USING btree ("viewer_id","created_at");--> statement-breakpoint
CREATE INDEX "bookings_by_intent" ON "bookings" USING btree ("intent_id");--> statement-breakpoint
-- room on each page for the next version of its rows: a held or sold ticket is updated in place (HOT)
ALTER TABLE "tickets" SET (fillfactor = 75);
