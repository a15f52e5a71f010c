import { sql } from 'drizzle-orm';

import {
  archiveEvents,
  type ArchiveRequest,
  type ArchiveResult,
} from '../../../src/app/cli/archive-events.ts';
import { pay, type CheckoutWorld, type Held } from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';

/** Events of tests ended in the year of this century that the test gives them, so that each archives its own. */
const endOfYear = (year: number): Date => new Date(Date.UTC(year + 1, 0, 1));

/** Let an Event have taken place in a year long past, and its holds have been swept. */
export async function letPass(world: CheckoutWorld, eventId: string, year: number): Promise<void> {
  const { db } = world.platform;
  await db.execute(sql`
    update events set starts_at = ${`${year}-05-01T20:00:00Z`}::timestamptz, ends_at = null, sale_ends_at = null
    where id = ${eventId}`);
  await db.execute(sql`
    update tickets set status = 'AVAILABLE', reservation_id = null, held_until = null, version = version + 1
    where event_id = ${eventId} and status = 'RESERVED'`);
  await db.execute(sql`
    update reservations set status = 'EXPIRED', paying_since = null where event_id = ${eventId} and status = 'HELD'`);
}

/** Archive the Events of a year; returns the result with the lines that were reported. */
export async function archiveYear(
  world: CheckoutWorld,
  year: number,
  options: Partial<ArchiveRequest> = {},
): Promise<ArchiveResult & { lines: string[] }> {
  const lines: string[] = [];
  const result = await archiveEvents(world.platform, {
    endedBefore: endOfYear(year),
    report: (line) => lines.push(line),
    ...options,
  });
  return { ...result, lines };
}

/** An Event of a year long past: a buyer with a Booking, another with an expired and a released Reservation. */
export async function pastSale(world: CheckoutWorld, year: number): Promise<PastSale> {
  const bought = await world.held({ seats: 40 }, { places: [3, 4, 5] });
  const { booking } = await pay(bought);
  const other = await world.as(`other-${year}`);
  const expired = await reserved(other, bought.event.event, { places: [10, 11] });
  const released = await reserved(other, bought.event.event, { places: [20] });
  await other.mutate('releaseReservation', { reservation: released.id });
  await letPass(world, bought.event.id, year);
  return { ...bought, booking, other: { client: other, expired, released } };
}

export interface PastSale extends Held {
  booking: { id: string };
  other: { client: Held['client']; expired: { id: string }; released: { id: string } };
}

const TICKET = `id place status label section row seat accessible tier price { amount currency formatted }
  priceTier { tier name } event { id name }`;

const READ = `query ($booking: ID!, $reservation: ID!, $ticket: ID!, $event: ID!) {
  booking: node(id: $booking) { ... on Booking { id status total { amount currency } createdAt confirmedAt tickets { ${TICKET} } event { id } } }
  reservation: node(id: $reservation) { ... on Reservation { id status heldUntil secondsLeft extendableUntil total { amount currency } tickets { ${TICKET} } event { id } } }
  ticket: node(id: $ticket) { ... on Ticket { ${TICKET} } }
  viewer { bookings(event: $event) { nodes { id status tickets { ${TICKET} } } } }
}`;

/** What a sale answers by id and in the list of Bookings, as the bytes of the responses. */
export async function answersOf({ client, other, booking, reservation, event }: PastSale): Promise<string[]> {
  const ids = { booking: booking.id, ticket: event.ticket(4), event: event.event };
  const answers = [
    await client.send(READ, { ...ids, reservation: reservation.id }),
    await other.client.send(READ, { ...ids, reservation: other.expired.id, ticket: event.ticket(20) }),
    await other.client.send(READ, { ...ids, reservation: other.released.id, ticket: event.ticket(11) }),
    await client.send(
      `query ($event: ID!) { node(id: $event) { ... on Event { tickets(places: [0, 3, 39]) { ${TICKET} } } } }`,
      { event: event.event },
    ),
  ];
  return answers.map(({ data, errors }) => JSON.stringify({ data, errors }));
}

/** What `rowsOf` finds of a `pastSale` that is archived. */
export const ALL_MOVED = {
  tickets: 0,
  reservations: 0,
  locks: 0,
  archivedTickets: 40,
  archivedReservations: 3,
};

/** Rows of an Event: in the tables of sales, and in the archive. */
export async function rowsOf(world: CheckoutWorld, eventId: string) {
  const { rows } = await world.platform.db.execute<Record<string, number>>(sql`
    select
      (select count(*)::int from tickets where event_id = ${eventId}) as tickets,
      (select count(*)::int from reservations where event_id = ${eventId}) as reservations,
      (select count(*)::int from event_locks where event_id = ${eventId}) as locks,
      (select count(*)::int from archived_tickets where event_id = ${eventId}) as "archivedTickets",
      (select count(*)::int from archived_reservations where event_id = ${eventId}) as "archivedReservations"`);
  return rows[0]!;
}
