-- four tables and a type that only the new version uses; locks nothing
CREATE TYPE "public"."ledger_kind" AS ENUM('charge', 'refund', 'refund_returned', 'dispute', 'dispute_returned', 'fee', 'correction');--> statement-breakpoint
CREATE TABLE "disputes" (
	"event_id" uuid NOT NULL,
	"id" text NOT NULL,
	"intent_id" text NOT NULL,
	"booking_id" uuid,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"evidence_due_by" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "disputes_event_id_id_pk" PRIMARY KEY("event_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_backfill" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"passes" smallint DEFAULT 0 NOT NULL,
	"last_event_id" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"last_id" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"pass_begins" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "there_is_one_ledger_backfill" CHECK ("ledger_backfill"."only")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"event_id" uuid NOT NULL,
	"stripe_id" text NOT NULL,
	"kind" "ledger_kind" NOT NULL,
	"intent_id" text NOT NULL,
	"booking_id" uuid,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"cause" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entries_event_id_stripe_id_kind_pk" PRIMARY KEY("event_id","stripe_id","kind"),
	CONSTRAINT "ledger_entries_have_a_safe_amount" CHECK ("ledger_entries"."amount" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"event_id" uuid NOT NULL,
	"id" text NOT NULL,
	"intent_id" text NOT NULL,
	"booking_id" uuid,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_event_id_id_pk" PRIMARY KEY("event_id","id"),
	CONSTRAINT "refunds_give_something_back" CHECK ("refunds"."amount" between 1 and 9007199254740991)
);
--> statement-breakpoint
CREATE INDEX "disputes_by_booking" ON "disputes" USING btree ("event_id","booking_id");--> statement-breakpoint
CREATE INDEX "disputes_by_id" ON "disputes" USING btree ("id");--> statement-breakpoint
CREATE INDEX "ledger_entries_by_intent" ON "ledger_entries" USING btree ("event_id","intent_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_by_stripe_id" ON "ledger_entries" USING btree ("stripe_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_by_age" ON "ledger_entries" USING btree ("recorded_at","stripe_id","kind");--> statement-breakpoint
CREATE INDEX "refunds_by_booking" ON "refunds" USING btree ("event_id","booking_id");--> statement-breakpoint
CREATE INDEX "refunds_by_id" ON "refunds" USING btree ("id");