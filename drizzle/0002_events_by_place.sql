-- takes events exclusively for a moment for the column, then holds off its writers while the indexes are made: seconds per million rows
DROP INDEX "events_by_venue";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "folded_city" text;--> statement-breakpoint
CREATE INDEX "events_by_city" ON "events" USING btree ("folded_city","starts_at","id");--> statement-breakpoint
CREATE INDEX "events_by_organiser" ON "events" USING btree ("organiser_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "events_by_point" ON "events" USING btree ("latitude","longitude");--> statement-breakpoint
CREATE INDEX "events_by_venue" ON "events" USING btree ("venue_id","starts_at","id");