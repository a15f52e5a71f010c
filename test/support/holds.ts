import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';

import type { Db } from '../../src/platform/db/pool.ts';
import { decodeIdOf } from '../../src/platform/ids.ts';
import type { Client } from './client.ts';

/** What tests want to see of a Reservation. */
export const RESERVATION = `id status heldUntil secondsLeft extendableUntil total { amount currency }
  tickets { id place status section row seat accessible tier price { amount } }`;

/** Every answer of `reserveTickets`, with what it carries. */
const ANSWERS = `
  ... on TicketsReserved { reservation { ${RESERVATION} } }
  ... on TicketsAlreadyYours { reservation { ${RESERVATION} } }
  ... on TicketsUnavailable { places }
  ... on NotEnoughTickets { area available }
  ... on OrphanSeat { places }
  ... on SaleIsPaused { pausedAt }
  ... on TicketLimitExceeded { limit alreadyHeld }
  ... on EventNotOnSale { status saleStartsAt saleEndsAt }
  ... on InvalidInput { problems { path message } }
  ... on IdempotencyKeyReused { idempotencyKey }`;

/** Which tickets, as the schema's `TicketSelectionInput`. */
export interface Selection {
  tickets?: string[];
  places?: number[];
  generalAdmission?: { area: string; quantity: number }[];
}

/** Call `reserveTickets` as a client; with a key of its own unless told otherwise. */
export function reserve(
  client: Client,
  event: string,
  selection: Selection,
  idempotencyKey: string = randomUUID(),
) {
  return client.mutate('reserveTickets', { event, selection, idempotencyKey }, ANSWERS);
}

/** Every answer of `reserveBestAvailable`, with what it carries. */
const BEST_ANSWERS = `
  ... on TicketsReserved { reservation { ${RESERVATION} } }
  ... on NoSeatsTogether { together available accessible }
  ... on SaleIsPaused { pausedAt }
  ... on TicketLimitExceeded { limit alreadyHeld }
  ... on EventNotOnSale { status saleStartsAt saleEndsAt }
  ... on InvalidInput { problems { path message } }
  ... on IdempotencyKeyReused { idempotencyKey }`;

/** Call `reserveBestAvailable` as a client; with a key of its own unless told otherwise. */
export function reserveBest(client: Client, event: string, quantity: number, wish: object = {}) {
  const input = { event, quantity, idempotencyKey: randomUUID(), ...wish };
  return client.mutate('reserveBestAvailable', input, BEST_ANSWERS);
}

/** Call `reserveTickets`, which has to go well; returns the Reservation. */
export async function reserved(client: Client, event: string, selection: Selection, idempotencyKey?: string) {
  const answer = await reserve(client, event, selection, idempotencyKey);
  if (answer.__typename !== 'TicketsReserved') throw new Error(`not reserved: ${JSON.stringify(answer)}`);
  return answer.reservation;
}

/** What payments call a Reservation, from its global id. */
export function keyOf(reservation: { id: string }): { eventId: string; id: string } {
  const key = decodeIdOf('Reservation', reservation.id);
  if (key === null) throw new Error(`${reservation.id} is not the id of a Reservation`);
  return { eventId: key.eventId, id: key.id };
}

/** Expire a hold by moving its times into the past, instead of waiting. */
export async function runOut(db: Db, reservation: { id: string }): Promise<void> {
  const { eventId, id } = keyOf(reservation);
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update tickets set held_until = now() - interval '1 second', version = version + 1
      where event_id = ${eventId} and reservation_id = ${id} and status = 'RESERVED'`);
    await tx.execute(sql`
      update reservations set held_until = now() - interval '1 second' where event_id = ${eventId} and id = ${id}`);
  });
}
