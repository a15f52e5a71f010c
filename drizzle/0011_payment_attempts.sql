-- takes bookings exclusively for a moment; the columns are null, which version 0.1 leaves them, so no row is rewritten
ALTER TABLE "bookings" ADD COLUMN "attempt" smallint, ADD COLUMN "shared_intent" boolean, ADD COLUMN "latest_charge_id" text;
