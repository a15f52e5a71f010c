-- takes bookings, reservations and events exclusively for a moment
CREATE TABLE "archived_reservations" (
	"event_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"viewer_id" text NOT NULL,
	"status" "reservation_status" DEFAULT 'HELD' NOT NULL,
	"places" integer[] NOT NULL,
	"amount" integer,
	"currency" text NOT NULL,
	"held_until" timestamp with time zone NOT NULL,
	"held_until_cap" timestamp with time zone NOT NULL,
	"paying_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"amount_minor" bigint,
	CONSTRAINT "archived_reservations_event_id_id_pk" PRIMARY KEY("event_id","id")
);
--> statement-breakpoint
CREATE TABLE "archived_tickets" (
	"event_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"tier" smallint NOT NULL,
	"status" "ticket_status" DEFAULT 'AVAILABLE' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"reservation_id" uuid,
	"held_until" timestamp with time zone,
	CONSTRAINT "archived_tickets_event_id_place_pk" PRIMARY KEY("event_id","place")
);
--> statement-breakpoint
-- allow drop-object: the earlier version relies on no error of this constraint; it inserts a Booking only of a Reservation that it has locked
ALTER TABLE "bookings" DROP CONSTRAINT "bookings_buy_a_reservation";
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "archiving_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "archived_reservations_of_viewers" ON "archived_reservations" USING btree (("viewer_id" || '@' || "event_id"::text));