-- takes bookings exclusively for a moment
ALTER TABLE "bookings" ADD COLUMN "foreign_refunds" jsonb;