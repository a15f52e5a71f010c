-- locks no writer of webhook_events: the index is built concurrently
CREATE INDEX CONCURRENTLY "webhook_events_by_handling" ON "webhook_events" USING btree ("handled_at");