-- locks no writer of bookings: the index is built concurrently
CREATE INDEX CONCURRENTLY "bookings_by_reservation" ON "bookings" USING btree ("event_id","reservation_id");