import type { bookings } from './tables.ts';

/** A row of `bookings`. */
export type BookingRow = typeof bookings.$inferSelect;
