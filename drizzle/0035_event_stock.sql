-- a table of its own, which takes no lock on another
CREATE TABLE "event_stock" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"available" integer NOT NULL,
	"accessible" integer NOT NULL,
	"counted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "event_stock_by_age" ON "event_stock" USING btree ("counted_at");