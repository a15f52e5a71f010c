import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openCheckoutWorld, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { overSse, overWebSocket, type TestSubscriber } from '../transports.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const FOLLOW = `subscription ($event: ID!) { eventSalesChanged(event: $event) {
  asOf tickets { sold held blocked left } revenue { net { amount } } bySection { section { name } net { amount } } } }`;

async function until(subscriber: TestSubscriber, holds: (sales: any) => boolean) {
  const seen: any[] = [];
  for (;;) {
    const { data, errors } = await subscriber.next();
    if (errors) throw new Error(JSON.stringify(errors));
    seen.push(data.eventSalesChanged);
    if (holds(data.eventSalesChanged)) return seen;
  }
}

async function buy({ event }: SeededEvent, name: string, places: number[]): Promise<void> {
  const client = await world.as(name);
  await pay({ client, reservation: await reserved(client, event, { places }) });
}

describe.each([overSse, overWebSocket])('sales over $name', (transport) => {
  test('come as they are, then as they change, at most once a second', async () => {
    const event = await eventOnSale(world.platform);
    const token = await world.token(ORGANISER, 'ORGANISER');
    const subscriber = await transport.subscribe(world.url, { query: FOLLOW, variables: event, token });
    const [first] = await until(subscriber, () => true);
    expect(first).toMatchObject({ tickets: { sold: 0, left: 40 }, revenue: { net: { amount: 0 } } });
    const seen = [first];
    for (let sale = 0; sale < 5; sale++) await buy(event, `fan-${sale}`, [sale * 4, sale * 4 + 1]);
    seen.push(...(await until(subscriber, ({ tickets }) => tickets.sold === 10)));
    expect(seen.at(-1)).toMatchObject({
      ...{ tickets: { sold: 10, held: 0, left: 30 }, revenue: { net: { amount: 50_000 } } },
      bySection: [{ section: { name: 'Stalls' }, net: { amount: 50_000 } }],
    });
    const times = seen.map(({ asOf }) => Date.parse(asOf));
    for (const [index, time] of times.slice(1).entries())
      expect(time - times[index]!).toBeGreaterThanOrEqual(1_000);
    subscriber.close();
  });
});

test('subscribers of an event are sent the same count', async () => {
  const event = await eventOnSale(world.platform);
  const subscribe = async (name: string, role: 'ORGANISER' | 'ADMIN') =>
    overWebSocket.subscribe(world.url, {
      ...{ query: FOLLOW, variables: event, token: await world.token(name, role) },
    });
  const [organiser, admin] = [await subscribe(ORGANISER, 'ORGANISER'), await subscribe('ada', 'ADMIN')];
  await Promise.all([until(organiser, () => true), until(admin, () => true)]);
  await buy(event, 'fan', [0, 1]);
  const hasSold = ({ tickets }: any) => tickets.sold === 2;
  const [ofOrganiser, ofAdmin] = await Promise.all([until(organiser, hasSold), until(admin, hasSold)]);
  expect(ofAdmin.at(-1)).toEqual(ofOrganiser.at(-1));
  organiser.close();
  admin.close();
});

test('are for the organiser', async () => {
  const { event } = await eventOnSale(world.platform);
  const refusal = async (token?: string) => {
    const variables = { event };
    const subscriber = await overSse.subscribe(world.url, {
      query: FOLLOW,
      variables,
      ...(token && { token }),
    });
    const { errors } = await subscriber.next();
    subscriber.close();
    return errors[0].extensions.code;
  };
  expect(await refusal()).toBe('UNAUTHENTICATED');
  expect(await refusal(await world.token('another', 'ORGANISER'))).toBe('BAD_USER_INPUT');
  expect(await refusal(await world.token(ORGANISER, 'FAN'))).toBe('BAD_USER_INPUT');
});
