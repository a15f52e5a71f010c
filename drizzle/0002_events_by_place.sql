-- takes events exclusively while it is written anew with times to the millisecond, then holds off its writers while the indexes are made: seconds per million rows
DROP INDEX "events_by_venue";--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "starts_at" SET DATA TYPE timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "folded_city" text;--> statement-breakpoint
CREATE INDEX "events_by_city" ON "events" USING btree ("folded_city","starts_at","id");--> statement-breakpoint
CREATE INDEX "events_by_organiser" ON "events" USING btree ("organiser_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "events_by_point" ON "events" USING btree ("latitude","longitude");--> statement-breakpoint
CREATE INDEX "events_by_venue" ON "events" USING btree ("venue_id","starts_at","id");