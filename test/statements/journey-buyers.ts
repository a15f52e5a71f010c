import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';

import { lockSeats } from '../../src/booking/reserve/seat-locks.ts';
import { submitExclusiveOrder } from '../../src/booking/reserve/submit-order.ts';
import { idempotentCall } from '../../src/platform/db/idempotency.ts';
import type { Client } from '../support/client.ts';
import { keyOf, RESERVATION, reserve, reserveBest, reserved, runOut } from '../support/holds.ts';
import type { JourneyWorld } from './journey-world.ts';

/** Choose, hold, extend, release, and read back, as buyers do. */
export async function buyersJourney(world: JourneyWorld): Promise<void> {
  await reservePlaces(world);
  await reserveInAreas(world);
  await reserveBestPlaces(world);
  await reserveUnderTheOrphanRule(world);
  await readReservations(world);
}

async function reservePlaces(world: JourneyWorld): Promise<void> {
  const { db } = world.platform;
  const { id, event } = await world.onSale({ seats: 60 });
  const [ada, ben] = [await world.as(fan()), await world.as(fan())];
  const key = randomUUID();
  await reserved(ada, event, { places: [0, 1] }, key);
  await expectAnswer(reserve(ada, event, { places: [0, 1] }, key), 'TicketsReserved'); // recalled by its key
  await expectAnswer(reserve(ben, event, { places: [1, 2] }), 'TicketsUnavailable');

  const expiring = await reserved(ada, event, { places: [10, 11] });
  await runOut(db, expiring);
  await reserved(ben, event, { places: [10] }); // expires the overdue hold, unless the sweep was faster
  const kept = await reserved(ben, event, { places: [20, 21] });
  await ben.mutate('extendReservation', { reservation: kept.id }); // no more than a second after it was made
  await db.execute(sql`
    update reservations set held_until = now() + interval '10 seconds'
    where event_id = ${keyOf(kept).eventId} and id = ${keyOf(kept).id}`);
  await expectAnswer(ben.mutate('extendReservation', { reservation: kept.id }), 'ReservationExtended');
  await expectAnswer(ben.mutate('releaseReservation', { reservation: kept.id }), 'ReservationReleased');
  await using lease = await lockSeats(world.platform.redis, id, [30], 'another call');
  if (lease.taken.length > 0) throw new Error('the seat is locked by a third call');
  await reserved(ada, event, { places: [30] }); // reads whether the place is taken until it no longer waits
}

async function reserveInAreas(world: JourneyWorld): Promise<void> {
  const { event } = await world.onSale({ areas: [{ key: 'floor', places: 6 }] });
  const floor = (quantity: number) => ({ generalAdmission: [{ area: 'floor', quantity }] });
  await reserved(await world.as(fan()), event, floor(4));
  await expectAnswer(reserve(await world.as(fan()), event, floor(4)), 'NotEnoughTickets');
  await expectAnswer(reserve(await world.as(fan()), event, floor(3)), 'NotEnoughTickets'); // counted again
}

async function reserveBestPlaces(world: JourneyWorld): Promise<void> {
  const { id, event, layout } = await world.onSale({ seats: 60, prices: [5_000, 3_000] });
  await expectAnswer(reserveBest(await world.as(fan()), event, 3), 'TicketsReserved');
  // what a buyer does who has lost too many races for the same seats
  const viewerId = fan();
  await submitExclusiveOrder(
    world.platform,
    idempotentCall({ eventId: id, viewerId, key: randomUUID() }, 'reserveBestAvailable', {
      layout: layout.name,
    }),
    () => Promise.resolve(null),
    undefined,
  );
}

async function reserveUnderTheOrphanRule(world: JourneyWorld): Promise<void> {
  const { event } = await world.onSale({ seats: 40 }, { orphanRule: true });
  await expectAnswer(reserve(await world.as(fan()), event, { places: [21, 22] }), 'OrphanSeat');
  await expectAnswer(reserve(await world.as(fan()), event, { places: [20, 21] }), 'TicketsReserved');
}

async function readReservations(world: JourneyWorld): Promise<void> {
  const { event, ticket } = await world.onSale({ seats: 60 });
  const ada = await world.as(fan());
  const first = await reserved(ada, event, { places: [0] });
  await reserved(ada, event, { places: [1] });
  const { endCursor } = await pageOfReservations(ada, 'first: 1');
  await pageOfReservations(ada, `first: 1, after: "${endCursor}"`);
  await pageOfReservations(ada, `event: "${event}", status: [HELD]`);
  await pageOfReservations(ada, `event: "${event}", status: [HELD], first: 1, after: "${endCursor}"`);
  await ada.ask(
    `query ($event: ID!, $ids: [ID!]!) {
      event(id: $event) { activeReservations { ${RESERVATION} } tickets(places: [0, 5, 7]) { id status } }
      nodes(ids: $ids) { __typename id }
    }`,
    { event, ids: [first.id, ticket(3), event] },
  );
}

async function pageOfReservations(client: Client, args: string) {
  const { viewer } = await client.ask(
    `{ viewer { reservations(${args}) { nodes { id } pageInfo { endCursor } } } }`,
  );
  return viewer.reservations.pageInfo as { endCursor: string };
}

/** A name that no other viewer has. */
export const fan = (): string => `fan-${randomUUID()}`;

/** A journey that leaves its path reaches other statements than it says. */
export async function expectAnswer<T extends { __typename: string }>(
  answer: Promise<T>,
  type: string,
): Promise<T> {
  const outcome = await answer;
  if (outcome.__typename !== type) throw new Error(`not ${type}, but ${JSON.stringify(outcome)}`);
  return outcome;
}
