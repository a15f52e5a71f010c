import { eq, sql } from 'drizzle-orm';

import { reservations, tickets } from '../../src/booking/index.ts';
import { findBooking } from '../../src/payments/index.ts';
import { bookings } from '../../src/payments/tables.ts';
import { amountColumns } from '../../src/platform/db/amount-columns.ts';
import { encodeEventScopedId, encodeTicketId, newId } from '../../src/platform/ids.ts';
import { waitingRoomAdmissions, waitingRooms } from '../../src/waiting-room/tables.ts';
import { idOf, openValidInputs } from '../abuse/valid-inputs.ts';
import type { Client } from '../support/client.ts';
import { eventOnSale, inDays } from '../support/seed.ts';
import type { World } from '../support/world.ts';

/** What the rights are tried on: things of one organiser and of one buyer. */
export interface Subject {
  /** Global ids by the name of the argument that takes one. */
  ids: Record<string, string>;
  /** Valid inputs of mutations that refuse a minimal one before they look whose it is. */
  inputs: Record<string, object>;
  /** Everything of it that a mutation can change, to see that none of those refused has changed it. */
  state(): Promise<string>;
}

const AMOUNT = 5_000;

/** Make an Event on sale with a waiting room, a hold, and a payment that waits for its buyer. */
export async function openSubject(
  world: World,
  { organiser, buyer, as }: { organiser: string; buyer: string; as: Client },
): Promise<Subject> {
  const { db } = world.platform;
  const { ids, inputs } = await openValidInputs(as);
  const source = { generate: { capacity: 10 } };
  const seatingPlan = await idOf(
    as,
    'createSeatingPlan',
    { venue: ids.venue, name: 'Plan', source },
    '... on SeatingPlanCreated { seatingPlan { id } }',
  );
  const { id: eventId, event } = await eventOnSale(world.platform, { seats: 4 }, { organiserId: organiser });
  const { event: cancelledEvent } = await eventOnSale(
    world.platform,
    { seats: 1 },
    { organiserId: organiser },
  );
  await as.mutate('cancelEvent', { event: cancelledEvent });
  const room = { event, opensAt: inDays(1).toISOString(), capacity: 10, admissionsPerMinute: 10 };
  await as.mutate('openWaitingRoom', { ...room, requiresChallenge: true });
  // its log has a line, with which a subscription begins
  const instants = { admittedAt: new Date(), visitEndsAt: inDays(1) };
  await db
    .insert(waitingRoomAdmissions)
    .values({ eventId, generation: 1, place: 1, entry: 'A'.repeat(22), number: 1, ...instants });
  await db.update(waitingRooms).set({ logged: 1 }).where(eq(waitingRooms.eventId, eventId));
  const [reservationId, bookingId] = [newId(), newId()];
  const heldUntil = new Date(Date.now() + 600_000);
  await db.insert(reservations).values({
    ...{ eventId, id: reservationId, viewerId: buyer, places: [0], currency: 'EUR' },
    ...{ ...amountColumns(AMOUNT), heldUntil, heldUntilCap: heldUntil },
  });
  await db
    .update(tickets)
    .set({ status: 'RESERVED', reservationId, heldUntil })
    .where(sql`${tickets.eventId} = ${eventId} and ${tickets.place} = 0`);
  await db.insert(bookings).values({
    ...{ eventId, id: bookingId, reservationId, viewerId: buyer, currency: 'EUR', attempt: 1 },
    ...{ ...amountColumns(AMOUNT), step: 'awaiting_payment', intentId: `pi_${bookingId}` },
    ...{ clientSecret: 'secret', payUntil: heldUntil },
  });
  return {
    ids: {
      ...{ ...ids, event, cancelledEvent, seatingPlan },
      reservation: encodeEventScopedId('Reservation', eventId, reservationId),
      booking: encodeEventScopedId('Booking', eventId, bookingId),
    },
    inputs: {
      ...Object.fromEntries(Object.entries(inputs).map(([name, { input }]) => [name, input])),
      updateEvent: { id: event, event: { ticketLimit: 5 } },
      updateSeatingPlan: { id: seatingPlan, source },
      changePrices: { event, prices: [{ tier: 0, amount: 6_000 }] },
      blockTickets: { event, places: [1] },
      unblockTickets: { event, places: [1] },
      openWaitingRoom: room,
      refundTickets: {
        ...{ booking: encodeEventScopedId('Booking', eventId, bookingId), returnToSale: true },
        ...{ tickets: [encodeTicketId(eventId, 0)], idempotencyKey: 'refund' },
      },
      refundAmount: {
        booking: encodeEventScopedId('Booking', eventId, bookingId),
        ...{ amount: { amount: 1, currency: 'EUR' }, idempotencyKey: 'refund' },
      },
    },
    state: async () =>
      JSON.stringify([
        await as.ask(
          `query ($event: ID!, $ids: [ID!]!) {
            event(id: $event) { name status salePausedAt ticketLimit lowestPrice { amount } tickets(places: [0, 1, 2, 3]) { status } }
            nodes(ids: $ids) { ... on Venue { name } ... on Performer { name } ... on SeatingPlan { version } }
          }`,
          { event, ids: [ids.venue, ids.performer, seatingPlan] },
        ),
        await db.select().from(reservations).where(eq(reservations.id, reservationId)),
        await findBooking(db, { eventId, id: bookingId }),
      ]),
  };
}
