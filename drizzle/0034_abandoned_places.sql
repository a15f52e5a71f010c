-- locks nothing that exists: a new table, written by the controllers of waiting rooms alone
CREATE TABLE "waiting_room_abandoned_places" (
	"event_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"part" integer NOT NULL,
	"places" "bytea" NOT NULL,
	CONSTRAINT "waiting_room_abandoned_places_event_id_generation_part_pk" PRIMARY KEY("event_id","generation","part")
);--> statement-breakpoint
-- its rows are rewritten every 3 s while a room is open, and deleted at its close
ALTER TABLE "waiting_room_abandoned_places" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200, autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 500, toast.autovacuum_vacuum_scale_factor = 0.01);
