-- locks bookings exclusively for a moment (columns without a rewrite) and against writers while its indexes are built
ALTER TYPE "public"."checkout_step" ADD VALUE 'charging' BEFORE 'awaiting_payment';--> statement-breakpoint
CREATE TABLE "shops" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "there_is_one_shop" CHECK ("shops"."only")
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "return_url" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "pay_until" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "redirect_url" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "refund_status" text;--> statement-breakpoint
CREATE INDEX "bookings_by_refund" ON "bookings" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "bookings_under_way" ON "bookings" USING btree ("updated_at") WHERE "bookings"."step" not in ('confirmed', 'declined', 'refunded', 'cancelled');--> statement-breakpoint
CREATE INDEX "webhook_events_unhandled" ON "webhook_events" USING btree ("received_at") WHERE "webhook_events"."handled_at" is null;