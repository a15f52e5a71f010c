import type { reservations, tickets } from './tables.ts';

/** A row of `tickets`. */
export type TicketRow = typeof tickets.$inferSelect;
/** A row of `reservations`. */
export type ReservationRow = typeof reservations.$inferSelect;
