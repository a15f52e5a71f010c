-- takes seating_plans exclusively for a moment: the column has no default, so no row is touched
ALTER TABLE "seating_plans" ADD COLUMN "organiser_id" text;