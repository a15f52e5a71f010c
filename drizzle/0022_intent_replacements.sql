-- takes bookings exclusively for a moment; the default is a constant, so no row is rewritten
ALTER TABLE "bookings" ADD COLUMN "intent_replacements" smallint DEFAULT 0 NOT NULL;