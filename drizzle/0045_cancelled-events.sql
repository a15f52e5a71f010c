-- a table that only the new version uses; a nullable column locks `bookings` for a moment, without a rewrite
CREATE TABLE "event_cancellations" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"cancelled_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "cancelled_with_event" boolean;--> statement-breakpoint
CREATE INDEX "event_cancellations_unsettled" ON "event_cancellations" USING btree ("cancelled_at") WHERE "event_cancellations"."settled_at" is null;