-- takes each table in a mode that readers and writers do not notice, but a vacuum or another migration does
-- A tenth of a table is the default: of 10 million tickets a million dead ones, and statistics from before the sale. With these
-- a table is vacuumed and analysed after every 1% and 10,000 rows, and its insert-only part is frozen in small steps.
ALTER TABLE "tickets" SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 10000);--> statement-breakpoint
-- three updates end a hold: room for them on its page keeps them out of the indexes on other columns (HOT)
ALTER TABLE "reservations" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 2000);--> statement-breakpoint
ALTER TABLE "bookings" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 2000);--> statement-breakpoint
-- a day of rows is inserted and deleted: every row becomes a dead one
ALTER TABLE "idempotent_calls" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 5000);--> statement-breakpoint
ALTER TABLE "idempotency_keys" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);--> statement-breakpoint
ALTER TABLE "webhook_events" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
