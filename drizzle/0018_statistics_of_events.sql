-- locks no reader and no writer. With one most common value, an Event that the statistics do not know counts as an average
-- one; with a hundred it counts as a single row, and an index on event_id alone looks as good as the primary key.
ALTER TABLE "tickets" ALTER COLUMN "event_id" SET STATISTICS 1;
--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "event_id" SET STATISTICS 1;
--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "event_id" SET STATISTICS 1;
--> statement-breakpoint
ALTER TABLE "booking_tickets" ALTER COLUMN "event_id" SET STATISTICS 1;
--> statement-breakpoint
ALTER TABLE "idempotent_calls" ALTER COLUMN "event_id" SET STATISTICS 1;
