-- takes booking_tickets and tickets exclusively for a moment
-- allow drop-object: the earlier version relies on no error of this constraint; it inserts only places whose tickets it has locked
ALTER TABLE "booking_tickets" DROP CONSTRAINT "booking_tickets_are_tickets";
