-- locks no reader and no writer of reservations; the sweep of the version before uses the new index
CREATE INDEX CONCURRENTLY "reservations_held_at_event" ON "reservations" USING btree ("event_id","held_until") WHERE "reservations"."status" = 'HELD';
--> statement-breakpoint
DROP INDEX CONCURRENTLY "reservations_overdue";
