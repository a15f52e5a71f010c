-- takes events from its writers while an index of it is made and another dropped; event_words is new, and filled from events
CREATE TABLE "event_words" (
	"word" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
DROP INDEX "events_by_trigram";--> statement-breakpoint
CREATE INDEX "event_words_by_trigram" ON "event_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "events_on_sale" ON "events" USING btree ("starts_at","id") WHERE "events"."status" = 'ON_SALE';--> statement-breakpoint
INSERT INTO "event_words" ("word")
SELECT DISTINCT word FROM "events", unnest(string_to_array("search_text", ' ')) AS word WHERE word <> '';
