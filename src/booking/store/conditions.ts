import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';

// When a hold has run out and when an Event is on sale: the only definitions, by the database's clock. They take the
// columns, so that they serve tables under any alias: `ticketIsFree(tickets)`, `isOnSale(alias(events, 'e'))`.

type Columns<Name extends string> = Readonly<Record<Name, SQLWrapper>>;

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

/** SQL condition: the sale of this Event has begun, or has no start of its own. */
export const saleHasBegun = ({ saleStartsAt }: Columns<'saleStartsAt'>): SQL =>
  sql`coalesce(${saleStartsAt}, '-infinity') <= now()`;

/** SQL expression: when the sale of this Event ends, which is its start unless it has an end of its own. */
export const saleEnd = ({ saleEndsAt, startsAt }: Columns<'saleEndsAt' | 'startsAt'>): SQL =>
  sql`coalesce(${saleEndsAt}, ${startsAt})`;

/** SQL condition: tickets of this Event are on sale now. */
export const isOnSale = (event: Columns<'status' | 'saleStartsAt' | 'saleEndsAt' | 'startsAt'>): SQL =>
  sql`(${event.status} = 'ON_SALE' and ${saleHasBegun(event)} and ${saleEnd(event)} > now())`;
