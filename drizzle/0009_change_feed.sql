-- makes a table; the publication takes tickets in a mode that writers do not notice
CREATE TABLE "replication_slots" (
	"name" text PRIMARY KEY NOT NULL,
	"generation" text
);
--> statement-breakpoint
CREATE PUBLICATION "onsale_realtime" FOR TABLE "tickets" ("event_id", "place", "status", "version") WITH (publish = 'update');
