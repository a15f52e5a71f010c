-- locks bookings against writers while the index is built
CREATE INDEX "bookings_by_reservation" ON "bookings" USING btree ("event_id","reservation_id");