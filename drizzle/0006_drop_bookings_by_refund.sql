-- locks bookings exclusively for a moment; refunds are found by their intent
DROP INDEX "bookings_by_refund";