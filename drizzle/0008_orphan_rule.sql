-- takes events exclusively for a moment; the default is a constant, so no row is rewritten
ALTER TABLE "events" ADD COLUMN "orphan_rule" boolean DEFAULT false NOT NULL;