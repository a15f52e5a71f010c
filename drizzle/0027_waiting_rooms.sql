-- locks nothing: creates three tables and their types
CREATE TYPE "public"."visit_end" AS ENUM('EXPIRED', 'LEFT', 'BOUGHT');--> statement-breakpoint
CREATE TYPE "public"."waiting_room_order" AS ENUM('SHUFFLED', 'ARRIVAL');--> statement-breakpoint
CREATE TYPE "public"."waiting_room_phase" AS ENUM('BEFORE_OPENING', 'DRAWING', 'OPEN', 'CLOSED');--> statement-breakpoint
CREATE TABLE "waiting_room_admissions" (
	"event_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"place" integer NOT NULL,
	"entry" text NOT NULL,
	"admitted_at" timestamp with time zone NOT NULL,
	"visit_ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" "visit_end",
	CONSTRAINT "waiting_room_admissions_event_id_generation_place_pk" PRIMARY KEY("event_id","generation","place")
);
--> statement-breakpoint
CREATE TABLE "waiting_room_lists" (
	"event_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"part" integer NOT NULL,
	"entries" "bytea" NOT NULL,
	CONSTRAINT "waiting_room_lists_event_id_generation_part_pk" PRIMARY KEY("event_id","generation","part")
);
--> statement-breakpoint
CREATE TABLE "waiting_rooms" (
	"event_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"phase" "waiting_room_phase" DEFAULT 'BEFORE_OPENING' NOT NULL,
	"is_paused" boolean DEFAULT false NOT NULL,
	"is_draining" boolean DEFAULT false NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"capacity" integer NOT NULL,
	"admissions_per_minute" integer NOT NULL,
	"visit_seconds" integer NOT NULL,
	"grace_seconds" integer NOT NULL,
	"order" "waiting_room_order" NOT NULL,
	"protects_seat_map" boolean NOT NULL,
	"keeps_places" boolean NOT NULL,
	"requires_challenge" boolean NOT NULL,
	"key" "bytea" NOT NULL,
	"seed" "bytea" NOT NULL,
	"list_hash" text,
	"listed" integer,
	"places_reserved" integer DEFAULT 0 NOT NULL,
	"served" integer DEFAULT 0 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"inside" integer DEFAULT 0 NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"controller" text,
	"controller_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "waiting_rooms_event_id_generation_pk" PRIMARY KEY("event_id","generation"),
	CONSTRAINT "waiting_rooms_admit" CHECK ("waiting_rooms"."capacity" > 0 and "waiting_rooms"."admissions_per_minute" > 0 and "waiting_rooms"."visit_seconds" > 0 and "waiting_rooms"."grace_seconds" > 0),
	CONSTRAINT "waiting_rooms_serve_given_places" CHECK ("waiting_rooms"."served" between 0 and "waiting_rooms"."places_reserved")
);
--> statement-breakpoint
CREATE INDEX "admissions_by_entry" ON "waiting_room_admissions" USING btree ("event_id","generation","entry");--> statement-breakpoint
CREATE INDEX "admissions_by_end" ON "waiting_room_admissions" USING btree ("event_id","generation","ended_at");--> statement-breakpoint
CREATE INDEX "admissions_of_visits" ON "waiting_room_admissions" USING btree ("event_id","generation","visit_ends_at","place") WHERE "waiting_room_admissions"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_room_at_a_time" ON "waiting_rooms" USING btree ("event_id") WHERE "waiting_rooms"."phase" <> 'CLOSED';--> statement-breakpoint
-- an admission is updated once, when its visit ends; its end is indexed, so that the update is not HOT
ALTER TABLE "waiting_room_admissions" SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 2000);--> statement-breakpoint
-- the lease of a room is renewed every second: a few rows with many versions
ALTER TABLE "waiting_rooms" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200, autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 500);
