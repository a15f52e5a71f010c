-- a table that only the new version uses: it locks nothing else
CREATE TABLE "refund_requests" (
	"event_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"attempt" smallint DEFAULT 1 NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"places" integer[],
	"reason" text,
	"actor" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"refund_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_requests_event_id_id_pk" PRIMARY KEY("event_id","id"),
	CONSTRAINT "refund_requests_have_an_amount" CHECK ("refund_requests"."amount" between 0 and 9007199254740991)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "refund_requests_are_numbered" ON "refund_requests" USING btree ("event_id","booking_id","number");--> statement-breakpoint
CREATE INDEX "refund_requests_unsettled" ON "refund_requests" USING btree ("state","updated_at") WHERE "refund_requests"."state" in ('due', 'pending');
