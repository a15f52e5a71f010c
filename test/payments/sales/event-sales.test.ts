import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openCheckoutWorld, stripeOf, until, type CheckoutWorld } from '../../support/checkout-world.ts';
import { draftEvent, eventOnSale, ORGANISER } from '../../support/seed.ts';
import { plantSale, type PlantedSale } from './planted-sale.ts';

const COUNTS = 'sold held blocked left';
const REVENUE = 'charged { amount currency } refunded { amount } disputed { amount } net { amount }';
const SALES = `sales {
  asOf tickets { ${COUNTS} } revenue { ${REVENUE} } conversion { reservations bookings rate }
  byTier { tier name tickets { ${COUNTS} } net { amount currency } }
  bySection { section { key name } tickets { ${COUNTS} } net { amount } }
  byDay { date bookings sold returned revenue { ${REVENUE} } } }`;

let world: CheckoutWorld;
let dashboard: Stripe;
beforeAll(async () => {
  world = await openCheckoutWorld();
  dashboard = stripeOf(world);
});
afterAll(() => world?.[Symbol.asyncDispose]());

const salesOf = async (event: string, client?: { ask: CheckoutWorld['stranger']['ask'] }) => {
  const { ask } = client ?? (await world.as(ORGANISER, 'ORGANISER'));
  return (await ask(`query ($event: ID!) { event(id: $event) { ${SALES} } }`, { event })).event.sales;
};

describe('the sales of an event', () => {
  let planted: PlantedSale;
  beforeAll(async () => {
    planted = await plantSale(world, dashboard);
  });

  test('are counted in all, by tier, section and day', async () => {
    const sales = await salesOf(planted.event.event);
    expect(sales).toMatchObject({
      tickets: { sold: 10, held: 2, blocked: 2, left: 36 },
      revenue: money(56_000, 7_001, 4_000),
      conversion: { reservations: 8, bookings: 6, rate: 0.75 },
      byTier: [
        {
          tier: 0,
          tickets: { sold: 5, held: 2, blocked: 0, left: 23 },
          net: { amount: 29_999, currency: 'EUR' },
        },
        {
          tier: 1,
          tickets: { sold: 5, held: 0, blocked: 2, left: 13 },
          net: { amount: 15_000, currency: 'EUR' },
        },
      ],
      bySection: [
        {
          section: { key: 'stalls' },
          tickets: { sold: 8, held: 2, blocked: 2, left: 28 },
          net: { amount: 32_999 },
        },
        {
          section: { key: 'floor' },
          tickets: { sold: 2, held: 0, blocked: 0, left: 8 },
          net: { amount: 12_000 },
        },
      ],
      byDay: [
        { date: '2026-01-11', bookings: 3, sold: 4, returned: 1, revenue: money(22_000, 7_001, 4_000) },
        { date: '2026-01-10', bookings: 3, sold: 7, returned: 0, revenue: money(34_000, 0, 0) },
      ],
    });
  });

  test('add up: tickets to the plan, days and tiers to the whole', async () => {
    const { tickets, revenue, byTier, bySection, byDay, conversion } = await salesOf(planted.event.event);
    const sum = (rows: any[], of: (row: any) => number) => rows.reduce((total, row) => total + of(row), 0);
    expect(sum(Object.values(tickets), Number)).toBe(50);
    for (const parts of [byTier, bySection]) {
      for (const count of Object.keys(tickets))
        expect(sum(parts, (row) => row.tickets[count])).toBe(tickets[count]);
      expect(sum(parts, ({ net }) => net.amount)).toBe(revenue.net.amount);
    }
    for (const kind of Object.keys(revenue))
      expect(sum(byDay, (day) => day.revenue[kind].amount)).toBe(revenue[kind].amount);
    expect(sum(byDay, (day) => day.bookings)).toBe(conversion.bookings);
    expect(sum(byDay, (day) => day.sold - day.returned)).toBe(tickets.sold);
  });

  test('agree with the ledger, whose payments Stripe holds', async () => {
    const { revenue } = await salesOf(planted.event.event);
    const [row] = (
      await world.platform.db.execute<{ net: string }>(sql`
        select sum(amount)::text as net from ledger_entries where event_id = ${planted.event.id} and kind <> 'fee'`)
    ).rows;
    expect(revenue.net.amount).toBe(Number(row!.net));
  });

  test('stay when the event is archived', async () => {
    const { event } = await plantSale(world, dashboard);
    const before = await salesOf(event.event);
    const { db } = world.platform;
    await db.execute(sql`insert into archived_tickets select * from tickets where event_id = ${event.id}`);
    await db.execute(sql`delete from tickets where event_id = ${event.id}`);
    await until(async () => expect((await salesOf(event.event)).asOf).not.toBe(before.asOf));
    const { asOf: _asOf, ...after } = await salesOf(event.event);
    expect(before).toMatchObject(after);
  });
});

test('an event that is on sale and sells nothing has zeros', async () => {
  const { event } = await eventOnSale(world.platform, { seats: 4, currency: 'JPY' });
  expect(await salesOf(event)).toMatchObject({
    tickets: { sold: 0, held: 0, blocked: 0, left: 4 },
    revenue: { charged: { amount: 0, currency: 'JPY' }, net: { amount: 0 } },
    byDay: [],
    conversion: { reservations: 0, bookings: 0, rate: null },
  });
});

test('a draft without tickets has no sales, nor has an event of another organiser', async () => {
  const draft = await draftEvent(world.platform);
  expect(await salesOf(draft.event)).toBeNull();
  const { event } = await eventOnSale(world.platform);
  expect(await salesOf(event, await world.as('another organiser', 'ORGANISER'))).toBeNull();
  expect(await salesOf(event, world.stranger)).toBeNull();
  expect(await salesOf(event, await world.as('ada', 'ADMIN'))).toMatchObject({ tickets: { left: 40 } });
});

const money = (charged: number, refunded: number, disputed: number) => ({
  charged: { amount: charged, currency: 'EUR' },
  refunded: { amount: refunded },
  disputed: { amount: disputed },
  net: { amount: charged - refunded - disputed },
});
