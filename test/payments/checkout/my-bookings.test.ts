import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  BOOKING,
  giveBack,
  openCheckoutWorld,
  pay,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';

let world: CheckoutWorld;
let fan: Held;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] });
  fan = await world.held();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const LIST = `query ($event: ID, $status: [BookingStatus!], $first: Int, $after: String) {
  viewer { bookings(event: $event, status: $status, first: $first, after: $after) {
    nodes { id status event { id } } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;

const list = async (variables: object = {}, { client } = fan) =>
  (await client.ask(LIST, variables)).viewer.bookings;

describe('a viewer’s bookings', () => {
  let elsewhere: Held['event'];
  const ids: string[] = [];
  beforeAll(async () => {
    const first = await pay(fan);
    ids.unshift(first.booking.id);
    const declined = await reserved(fan.client, fan.event.event, { places: [2] });
    ids.unshift(
      (await pay({ ...fan, reservation: declined }, { paymentMethod: 'pm_card_chargeDeclined' })).booking.id,
    );
    elsewhere = (await world.held()).event;
    const there = await reserved(fan.client, elsewhere.event, { places: [5] });
    const given = await pay({ ...fan, reservation: there });
    ids.unshift(given.booking.id);
    await giveBack(fan, given.booking);
  });

  test('are listed newest first, page by page', async () => {
    expect((await list()).nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < ids.length; page++) {
      const { nodes, pageInfo }: any = await list({ first: 1, after });
      seen.push(nodes[0].id);
      after = pageInfo.endCursor;
      expect(pageInfo.hasNextPage).toBe(page < ids.length - 1);
      expect(pageInfo.hasPreviousPage).toBe(page > 0);
    }
    expect(seen).toEqual(ids);
    expect(await list({ first: 1, after })).toMatchObject({ nodes: [], pageInfo: { endCursor: null } });
  });

  test('can be filtered by event and status', async () => {
    expect((await list({ event: elsewhere.event })).nodes).toMatchObject([
      { id: ids[0], status: 'CANCELLED' },
    ]);
    expect((await list({ status: ['CONFIRMED', 'DECLINED'] })).nodes).toMatchObject([
      { id: ids[1], status: 'DECLINED' },
      { id: ids[2], status: 'CONFIRMED' },
    ]);
    expect((await list({ status: ['PENDING'] })).nodes).toEqual([]);
    expect((await list({ status: [] })).nodes).toEqual([]);
  });

  test('are visible to the viewer only; an admin can fetch them', async () => {
    const other = { ...fan, client: await world.as('other') };
    expect((await list({}, other)).nodes).toEqual([]);
    const fetch = `query ($id: ID!) { node(id: $id) { __typename ... on Booking { ${BOOKING} } } }`;
    const admin = await world.as('ada', 'ADMIN');
    expect((await other.client.ask(fetch, { id: ids[0] })).node).toBeNull();
    expect((await world.stranger.ask(fetch, { id: ids[0] })).node).toBeNull();
    for (const client of [fan.client, admin]) {
      expect((await client.ask(fetch, { id: ids[0] })).node).toMatchObject({
        __typename: 'Booking',
        id: ids[0],
        status: 'CANCELLED',
        total: { amount: 5_000, currency: 'EUR' },
        tickets: [{ place: 5 }],
      });
    }
    const none = ids[0]!.replace(/.{8}$/, '00000000');
    expect((await fan.client.ask(fetch, { id: none })).node).toBeNull();
  });

  test('reject an invalid page size, cursor or event', async () => {
    for (const variables of [
      { first: 0 },
      { first: 101 },
      { after: 'nonsense' },
      { event: 'nonsense' },
      { event: ids[0] },
    ]) {
      const { errors } = await fan.client.send(LIST, variables);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});
