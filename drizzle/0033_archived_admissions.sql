-- locks nothing that exists: a new table, filled by the archive alone
CREATE TABLE "archived_waiting_room_admissions" (
	"event_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"place" integer NOT NULL,
	"entry" text NOT NULL,
	"admitted_at" timestamp with time zone NOT NULL,
	"visit_ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" "visit_end",
	"number" integer,
	"end_number" integer,
	CONSTRAINT "archived_waiting_room_admissions_event_id_generation_place_pk" PRIMARY KEY("event_id","generation","place")
);
--> statement-breakpoint
CREATE INDEX "archived_admissions_by_number" ON "archived_waiting_room_admissions" USING btree ("event_id","generation","number");--> statement-breakpoint
CREATE INDEX "archived_admissions_by_end_number" ON "archived_waiting_room_admissions" USING btree ("event_id","generation","end_number");