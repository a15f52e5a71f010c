-- locks "events" for the moment of adding a nullable column, which rewrites nothing
ALTER TABLE "events" ADD COLUMN "cancellation_ends_at" timestamp with time zone;