-- a table of its own, which takes no lock on another
CREATE TABLE "suggestion_words" (
	"word" text NOT NULL,
	"is_inner" boolean NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"words" text NOT NULL,
	"events" integer NOT NULL,
	"first_event_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"country_code" text,
	"latitude" double precision,
	"longitude" double precision,
	CONSTRAINT "suggestion_words_word_kind_key_pk" PRIMARY KEY("word","kind","key")
);
--> statement-breakpoint
CREATE INDEX "suggestion_words_by_two" ON "suggestion_words" USING btree (left("word", 2),"is_inner","events" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "suggestion_words_by_four" ON "suggestion_words" USING btree (left("word", 4),"is_inner","events" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "suggestion_words_by_word" ON "suggestion_words" USING btree ("word" text_pattern_ops,"is_inner","events" DESC NULLS LAST);