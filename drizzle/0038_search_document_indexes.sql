-- locks no writer of events: the indexes are built concurrently
CREATE INDEX CONCURRENTLY "events_by_document" ON "events" USING gin ("search_document");--> statement-breakpoint
CREATE INDEX CONCURRENTLY "events_without_document" ON "events" USING btree ("starts_at","id") WHERE "events"."search_document" is null;