-- makes a table; locks "events" for the moment of adding a nullable column, which rewrites nothing
CREATE TABLE "event_audit" (
	"event_id" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "event_audit_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"by_administrator" boolean NOT NULL,
	"mutation" text NOT NULL,
	"changes" jsonb NOT NULL,
	CONSTRAINT "event_audit_event_id_number_pk" PRIMARY KEY("event_id","number")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "sale_paused_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "event_audit_by_age" ON "event_audit" USING btree ("at");