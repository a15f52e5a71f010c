-- locks no writer of bookings: the index is built concurrently
CREATE INDEX CONCURRENTLY "bookings_by_confirmation" ON "bookings" USING btree ("confirmed_at","id");