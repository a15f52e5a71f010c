-- locks nothing that is used: makes two tables; the publications take theirs in a mode that readers and writers do not notice
CREATE TABLE "search_builds" (
	"alias" text PRIMARY KEY NOT NULL,
	"wanted" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_dead_letters" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"version" bigint NOT NULL,
	"rejections" integer DEFAULT 1 NOT NULL,
	"first_rejected_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_rejected_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reasons_are_short" CHECK (length("search_dead_letters"."reason") <= 500)
);
--> statement-breakpoint
CREATE PUBLICATION "onsale_search" FOR TABLE "events" ("id"), "event_performers" ("event_id", "performer_id"), "price_tiers" ("event_id", "tier"), "venues" ("id"), "performers" ("id");
--> statement-breakpoint
CREATE PUBLICATION "onsale_search_sales" FOR TABLE "tickets" ("event_id", "place") WITH (publish = 'update, truncate');
