import { expect, test } from 'vitest';

import { readIsOnSale } from '../../../src/booking/index.ts';
import { pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import type { Client } from '../../support/client.ts';
import { reserve, reserveBest, reserved } from '../../support/holds.ts';
import { buyers, draftEvent, eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => void ({ world } = shared));

const organiser = () => world.as(ORGANISER, 'ORGANISER');
const EVENT = '{ event { status salePausedAt } }';
const pause = (client: Client, event: string) =>
  client.mutate('pauseSale', { event }, `... on SalePaused ${EVENT} ... on EventNotChangeable { status }`);
const resume = (client: Client, event: string) =>
  client.mutate('resumeSale', { event }, `... on SaleResumed ${EVENT} ... on EventNotChangeable { status }`);
const mutationsAt = async (client: Client, event: string): Promise<string[]> =>
  (
    await client.ask('query ($event: ID!) { event(id: $event) { auditTrail { nodes { mutation } } } }', {
      event,
    })
  ).event.auditTrail.nodes.map(({ mutation }: { mutation: string }) => mutation);

test('a paused sale refuses to reserve and says since when; resumed, it goes on', async () => {
  const [olga, ana] = [await organiser(), await world.as('ana')];
  const { event } = await eventOnSale(world.platform, { seats: 20, areas: [{ key: 'floor', places: 5 }] });
  const paused = await pause(olga, event);
  expect(paused).toMatchObject({ __typename: 'SalePaused', event: { status: 'ON_SALE' } });
  const refusal = { __typename: 'SaleIsPaused', pausedAt: paused.event.salePausedAt };
  expect(await reserve(ana, event, { places: [0] })).toMatchObject(refusal);
  expect(await reserve(ana, event, { generalAdmission: [{ area: 'floor', quantity: 1 }] })).toMatchObject(
    refusal,
  );
  expect(await reserveBest(ana, event, 2)).toMatchObject(refusal);

  expect(await resume(olga, event)).toMatchObject({
    __typename: 'SaleResumed',
    event: { salePausedAt: null },
  });
  expect(await reserve(ana, event, { places: [0] })).toMatchObject({ __typename: 'TicketsReserved' });
});

test('what is held stays held: it is extended and paid for while the sale is paused', async () => {
  const held = await world.held();
  await pause(await organiser(), held.event.event);
  const extended = await held.client.mutate('extendReservation', { reservation: held.reservation.id });
  expect(extended.__typename).toBe('ReservationExtended');
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed', booking: { status: 'CONFIRMED' } });
});

test('a payment under way ends as a Booking although the sale is paused meanwhile', async () => {
  const held = await world.held();
  const stopped = world.pauseAt('charged');
  const paying = pay(held);
  await stopped.reached;
  await pause(await organiser(), held.event.event);
  stopped.resume();
  expect(await paying).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('a paused Event is not found as on sale or available, and its waiting room would admit no viewer', async () => {
  const olga = await organiser();
  const { id, event } = await eventOnSale(world.platform, undefined, { category: 'paused' });
  const found = async (input: object) =>
    (
      await olga.ask('query ($input: SearchEventsInput!) { searchEvents(input: $input) { nodes { id } } }', {
        input: { category: 'paused', ...input },
      })
    ).searchEvents.nodes.length;
  const isFound = async () => [
    await found({ term: 'show' }),
    await found({ term: 'show', onSale: true }),
    await found({}),
    await found({ onSale: true }),
    await found({ available: true }),
  ];
  expect(await isFound()).toEqual([1, 1, 1, 1, 1]);
  await pause(olga, event);
  expect(await isFound()).toEqual([1, 0, 1, 0, 0]);
  expect(await readIsOnSale(world.platform.db, id)).toBe(false);
  await resume(olga, event);
  expect(await isFound()).toEqual([1, 1, 1, 1, 1]);
  expect(await readIsOnSale(world.platform.db, id)).toBe(true);
});

test('a repeated call changes nothing, and leaves no second entry in the audit trail', async () => {
  const olga = await organiser();
  const { event } = await eventOnSale(world.platform);
  const { salePausedAt } = (await pause(olga, event)).event;
  const again = await Promise.all([pause(olga, event), pause(olga, event)]);
  for (const answer of again)
    expect(answer).toMatchObject({ __typename: 'SalePaused', event: { salePausedAt } });
  await resume(olga, event);
  expect(await resume(olga, event)).toMatchObject({ __typename: 'SaleResumed' });
  expect(await mutationsAt(olga, event)).toEqual(['resumeSale', 'pauseSale', 'publishEvent']);
});

test('only an Event on sale is paused, by its organiser or an administrator', async () => {
  const [olga, admin] = [await organiser(), await world.as('ada', 'ADMIN')];
  const { event } = await eventOnSale(world.platform);
  expect((await pause(await world.as('rival', 'ORGANISER'), event)).__typename).toBe('EventNotFound');
  expect((await pause(olga, 'evt_1')).__typename).toBe('EventNotFound');
  await expect(pause(await world.as('fan'), event)).rejects.toThrow('FORBIDDEN');
  expect((await pause(admin, event)).__typename).toBe('SalePaused');
  expect((await resume(await world.as('rival', 'ORGANISER'), event)).__typename).toBe('EventNotFound');
  for (const status of ['DRAFT', 'ANNOUNCED', 'CANCELLED'] as const) {
    const other = await draftEvent(world.platform, undefined, { status });
    expect(await pause(olga, other.event)).toMatchObject({ __typename: 'EventNotChangeable', status });
    expect(await resume(olga, other.event)).toMatchObject({ __typename: 'EventNotChangeable', status });
  }
});

test('a sale that is paused and has ended is over: nothing follows when it is resumed', async () => {
  const ended = await eventOnSale(world.platform, undefined, { saleEndsAt: inDays(-1) });
  await pause(await organiser(), ended.event);
  expect(await reserve(await world.as('ana'), ended.event, { places: [0] })).toMatchObject({
    __typename: 'EventNotOnSale',
  });
});

test('an order that waited for its seat while the sale was paused is refused', async () => {
  const { id, event } = await eventOnSale(world.platform);
  const { sql, db } = world.platform;
  let ordered: ReturnType<typeof reserve> | undefined;
  await sql.begin(async (tx) => {
    await tx`select 1 from tickets where event_id = ${id} and place = 4 for update`;
    ordered = reserve(await world.as('ana'), event, { places: [4] });
    await sessionsWaitingForLocks(db);
    expect((await pause(await organiser(), event)).__typename).toBe('SalePaused');
  });
  expect(await ordered).toMatchObject({ __typename: 'SaleIsPaused' });
});

test('while many reserve, no order that is sent after the answer to pausing holds a ticket', async () => {
  const house = { seats: 400, areas: [{ key: 'floor', places: 200 }] };
  const { id, event } = await eventOnSale(world.platform, house, { ticketLimit: 100 });
  const olga = await organiser();
  let isPaused = false;
  let answered = 0;
  let tellHalf = () => {};
  const half = new Promise<void>((resolve) => (tellHalf = resolve));
  const late: string[] = [];
  let held = 0;
  const orders = (buyer: number, round: number) =>
    [
      { places: [buyer * 40 + round * 2, buyer * 40 + round * 2 + 1] },
      { generalAdmission: [{ area: 'floor', quantity: 1 }] },
    ][round % 2]!;
  const buying = (await buyers(world, 10, 'rush')).map(async ({ client }, buyer) => {
    for (let round = 0; round < 20; round++) {
      const isLate = isPaused;
      const { __typename } =
        round % 5 === 4
          ? await reserveBest(client, event, 1)
          : await reserve(client, event, orders(buyer, round));
      if (isLate) late.push(__typename);
      if (__typename === 'TicketsReserved') held++;
      if (++answered === 60) tellHalf();
    }
  });
  await half;
  await pause(olga, event);
  isPaused = true;
  await Promise.all(buying);
  expect(held).toBeGreaterThan(0);
  expect(late.length).toBeGreaterThan(0);
  expect(new Set(late)).toEqual(new Set(['SaleIsPaused']));
  const [row] = await world.platform
    .sql`select count(*)::int as holds from reservations where event_id = ${id}`;
  expect(row).toEqual({ holds: held });
  await resume(olga, event);
  await reserved(await world.as('after'), event, { generalAdmission: [{ area: 'floor', quantity: 1 }] });
});
