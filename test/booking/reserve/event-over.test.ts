import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { holdForPayment, sellTickets } from '../../../src/booking/index.ts';
import { events } from '../../../src/catalog/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, reserve, reserveBest, reserved } from '../../support/holds.ts';
import { eventOnSale, inDays } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;
beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  ana = await world.as('ana');
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(() => world[Symbol.asyncDispose]());

/** As old rows may have it: the sale would end after the Event. */
const OVER = { startsAt: inDays(-2), endsAt: inDays(-1), saleEndsAt: inDays(5) };

describe('an Event that is over sells nothing, though its sale would end later', () => {
  test.each([
    ['with an end of its own', OVER],
    ['without one, hours after its start', { startsAt: inDays(-1), saleEndsAt: inDays(5) }],
  ])('%s', async (_what, times) => {
    const { event } = await eventOnSale(
      world.platform,
      { seats: 20, areas: [{ key: 'floor', places: 5 }] },
      times,
    );
    const refused = { __typename: 'EventNotOnSale', status: 'ON_SALE', message: 'The sale has ended.' };

    expect(await reserve(ana, event, { places: [0] })).toMatchObject(refused);
    expect(await reserve(ana, event, { generalAdmission: [{ area: 'floor', quantity: 1 }] })).toMatchObject(
      refused,
    );
    const answer = await reserveBest(ana, event, 1);
    expect(answer).toMatchObject(refused);
    expect(new Date(answer.saleEndsAt) < new Date()).toBe(true);
  });

  test('but one that has begun sells until its sale ends', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 20 }, { startsAt: inDays(-1), endsAt: inDays(1), saleEndsAt: inDays(1) }); // prettier-ignore
    expect(await reserve(ana, event, { places: [0] })).toMatchObject({ __typename: 'TicketsReserved' });
  });
});

test('what was held before the end is not extended, and can be paid', async () => {
  const { db } = world.platform;
  const seeded = await eventOnSale(world.platform, { seats: 20 }, { holdSeconds: 60, holdCapSeconds: 600 });
  const reservation = await reserved(ana, seeded.event, { places: [0] });
  await db.update(events).set(OVER).where(eq(events.id, seeded.id));

  expect(
    await ana.mutate(
      'extendReservation',
      { reservation: reservation.id },
      '... on ReservationAtCap { reservation { heldUntil } }',
    ),
  ).toMatchObject({ __typename: 'ReservationAtCap', reservation: { heldUntil: reservation.heldUntil } });
  const key = keyOf(reservation);
  const paying = await inTransaction(world.platform, 'test.pay', (tx) =>
    holdForPayment(tx, { ...key, viewerId: 'ana', seconds: 60 }),
  );
  expect(paying).toMatchObject({ status: 'HELD' });
  await inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, key));
  const { node } = await ana.ask('query ($id: ID!) { node(id: $id) { ... on Ticket { status } } }', {
    id: seeded.ticket(0),
  });
  expect(node).toMatchObject({ status: 'SOLD' });
});
