import { sql, type SQL } from 'drizzle-orm';

import type { Columns } from './sql-columns.ts';

// When a hold has run out: the only definitions, by the database's clock. They take the columns, so that they serve tables
// under any alias: `ticketIsFree(tickets)`.

/** SQL condition: the hold on this ticket has run out. Its row stays RESERVED until the sweeper or the next buyer updates it. */
export const ticketHoldExpired = ({ status, heldUntil }: Columns<'status' | 'heldUntil'>): SQL =>
  sql`(${status} = 'RESERVED' and ${heldUntil} <= now())`;

/** SQL condition: this ticket can be reserved. */
export const ticketIsFree = (ticket: Columns<'status' | 'heldUntil'>): SQL =>
  sql`(${ticket.status} = 'AVAILABLE' or ${ticketHoldExpired(ticket)})`;

/** SQL condition: this Reservation has run out. Its row stays HELD until the sweeper or the next buyer updates it. */
export const reservationExpired = ({ status, heldUntil }: Columns<'status' | 'heldUntil'>): SQL =>
  sql`(${status} = 'HELD' and ${heldUntil} <= now())`;

/** SQL condition: this Reservation holds its tickets. */
export const reservationIsActive = ({ status, heldUntil }: Columns<'status' | 'heldUntil'>): SQL =>
  sql`(${status} = 'HELD' and ${heldUntil} > now())`;
