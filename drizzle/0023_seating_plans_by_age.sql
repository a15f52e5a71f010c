-- locks no writer of seating_plans: the index is built concurrently
CREATE INDEX CONCURRENTLY "seating_plans_by_age" ON "seating_plans" USING btree ("venue_id","created_at","id");