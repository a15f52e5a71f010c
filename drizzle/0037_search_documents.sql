-- takes events and event_words exclusively for a moment: the columns are null or constant. An earlier version leaves the document
-- of an Event that it inserts null, and the trigger empties those whose texts it changes (decision 0043).
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;--> statement-breakpoint
ALTER TABLE "event_words" ADD COLUMN "described_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "search_document" "tsvector";--> statement-breakpoint
CREATE FUNCTION "forget_search_document"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	new.search_document := null;
	return new;
end $$;--> statement-breakpoint
CREATE TRIGGER "forget_search_document" BEFORE UPDATE OF "search_text", "description", "category" ON "events" FOR EACH ROW
	WHEN ((old.search_text, old.description, old.category) IS DISTINCT FROM (new.search_text, new.description, new.category)
		AND old.search_document IS NOT DISTINCT FROM new.search_document)
	EXECUTE FUNCTION "forget_search_document"();
