import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openCheckoutWorld, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import type { Client } from '../../support/client.ts';
import { reserved } from '../../support/holds.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';

const LIST = `query ($event: ID!, $booking: ID, $buyer: String, $first: Int, $after: String) { event(id: $event) {
  bookings(booking: $booking, buyer: $buyer, first: $first, after: $after) {
    nodes { id buyer status total { amount } createdAt paymentAction { clientSecret } refunds { amount { amount } } tickets { place } }
    pageInfo { hasNextPage endCursor } } } }`;

let world: CheckoutWorld;
let organiser: Client;
let event: SeededEvent;
const ids: string[] = [];
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] });
  organiser = await world.as(ORGANISER, 'ORGANISER');
  event = await eventOnSale(world.platform);
  await buy('ana', [0, 1]);
  await buy('ben', [2], 'pm_card_chargeDeclined');
  await buy('cleo', [3], 'pm_card_authenticationRequired');
  await buy('ana', [4]);
});
afterAll(() => world?.[Symbol.asyncDispose]());

async function buy(name: string, places: number[], paymentMethod = 'pm_card_visa'): Promise<void> {
  const client = await world.as(name);
  const reservation = await reserved(client, event.event, { places });
  ids.unshift((await pay({ client, reservation }, { paymentMethod })).booking.id);
}

const list = async (variables: object = {}, client = organiser) =>
  (await client.ask(LIST, { event: event.event, ...variables })).event.bookings;
const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

describe('the bookings of an event', () => {
  test('are shown to its organiser, newest first, without what pays them', async () => {
    const { nodes } = await list();
    expect(nodes).toMatchObject([
      { buyer: 'ana', status: 'CONFIRMED', tickets: [{ place: 4 }] },
      { buyer: 'cleo', status: 'PENDING', paymentAction: null },
      { buyer: 'ben', status: 'DECLINED' },
      { buyer: 'ana', status: 'CONFIRMED', total: { amount: 10_000 }, tickets: [{ place: 0 }, { place: 1 }] },
    ]);
    expect(idsOf({ nodes })).toEqual(ids);
    const asAdmin = await list({}, await world.as('ada', 'ADMIN'));
    expect(asAdmin.nodes[1]).toMatchObject({ buyer: 'cleo', paymentAction: null });
  });

  test('come page by page, also while others are made', async () => {
    const first = await list({ first: 2 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    const expected = ids.slice(2);
    await buy('dan', [6]);
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(idsOf(second)).toEqual(expected);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test('are found by id and by buyer', async () => {
    const ofAna = idsOf(await list({ buyer: 'ana' }));
    expect(ofAna).toHaveLength(2);
    expect(idsOf(await list({ booking: ofAna[1] }))).toEqual([ofAna[1]]);
    expect(idsOf(await list({ booking: ofAna[1], buyer: 'ana' }))).toEqual([ofAna[1]]);
    expect(idsOf(await list({ booking: ofAna[1], buyer: 'ben' }))).toEqual([]);
    expect(idsOf(await list({ buyer: 'nemo' }))).toEqual([]);
    const page = await list({ buyer: 'ana', first: 1 });
    expect(idsOf(page)).toEqual([ofAna[0]]);
    expect(idsOf(await list({ buyer: 'ana', first: 1, after: page.pageInfo.endCursor }))).toEqual([ofAna[1]]);
  });

  test('of another event are not among them', async () => {
    const held = await world.held();
    const { booking } = await pay(held);
    expect(idsOf(await list({ booking: booking.id }))).toEqual([]);
    const elsewhere = await organiser.ask(LIST, { event: held.event.event });
    expect(idsOf(elsewhere.event.bookings)).toEqual([booking.id]);
    const { errors } = await organiser.send(LIST, {
      ...{ event: event.event, after: elsewhere.event.bookings.pageInfo.endCursor },
    });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test.each([
    [{ booking: 'evt_1' }],
    [{ booking: '' }],
    [{ buyer: 'x'.repeat(201) }],
    [{ buyer: 'a\0b' }],
    [{ first: 0 }],
    [{ first: 101 }],
    [{ after: 'x' }],
  ])('a value that cannot be is refused: %o', async (variables) => {
    const { errors } = await organiser.send(LIST, { event: event.event, ...variables });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
