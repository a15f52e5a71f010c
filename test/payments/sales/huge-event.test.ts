import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { SalesReader } from '../../../src/payments/index.ts';
import { newId } from '../../../src/platform/ids.ts';
import { recordStatements } from '../../statements/statement-recorder.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

const QUERY = `query ($event: ID!) { event(id: $event) { sales {
  tickets { sold held blocked left } revenue { charged { amount } refunded { amount } disputed { amount } net { amount } }
  bySection { section { key } tickets { sold left } net { amount } } byDay { date bookings sold } } } }`;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

describe('a stadium of 100,000 places', () => {
  const BOOKINGS = 20_000;
  let event: SeededEvent;
  beforeAll(async () => {
    event = await eventOnSale(world.platform, {
      ...{
        areas: [
          { key: 'floor', places: 60_000 },
          { key: 'ring', places: 40_000 },
        ],
        prices: [5_000],
      },
    });
    await plantBookings(event.id, BOOKINGS);
  }, 120_000);

  test('is summed up to the last cent, each statement once however many ask', async () => {
    using recorder = recordStatements();
    const organiser = await world.as(ORGANISER, 'ORGANISER');
    const [first, ...others] = await Promise.all(
      Array.from({ length: 5 }, () => organiser.ask(QUERY, { event: event.event })),
    );
    for (const other of others) expect(other).toEqual(first);
    const { sales } = first!['event'];
    // each Booking has three tickets at €50.00, of which a cent was given back
    expect(sales).toMatchObject({
      tickets: { sold: 60_000, held: 0, blocked: 0, left: 40_000 },
      revenue: {
        ...{
          charged: { amount: BOOKINGS * 15_000 },
          refunded: { amount: BOOKINGS },
          disputed: { amount: 0 },
        },
        net: { amount: BOOKINGS * 14_999 },
      },
      bySection: [
        { section: { key: 'floor' }, tickets: { sold: 60_000 }, net: { amount: BOOKINGS * 14_999 } },
        { section: { key: 'ring' }, tickets: { left: 40_000 }, net: { amount: 0 } },
      ],
      byDay: [{ date: '2026-01-11', bookings: BOOKINGS, sold: 60_000 }],
    });
    const counted = recorder.sent.map(({ name }) => name).filter((name) => STATEMENTS.includes(name));
    expect(counted.toSorted()).toEqual(STATEMENTS);
  }, 120_000);
});

test('two sales are counted at a time, and no more than 200 wait', async () => {
  const reader = new SalesReader(world.platform);
  const reads = await Promise.allSettled(Array.from({ length: 300 }, () => reader.read(newId())));
  const refused = reads.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(300 - 2 - 200);
  for (const { reason } of refused as PromiseRejectedResult[])
    expect(reason).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 } });
});

const STATEMENTS = [
  ...['booking.countReservations', 'booking.countTicketsByRange'],
  ...['payments.sumRevenueByRange', 'payments.sumSalesByDay'],
];

/** Insert confirmed Bookings of three places each, from place 0 on, with a refund of one cent each. */
async function plantBookings(eventId: string, count: number): Promise<void> {
  const { db } = world.platform;
  const at = sql`'2026-01-10T23:30:00Z'::timestamptz`;
  await db.execute(sql`
    insert into bookings (event_id, id, reservation_id, viewer_id, step, amount_minor, currency, intent_id, confirmed_at)
    select ${eventId}, gen_random_uuid(), gen_random_uuid(), 'fan', 'confirmed', 15000, 'EUR', 'pi_' || ${eventId} || n, ${at}
    from generate_series(0, ${count}::int - 1) n`);
  await db.execute(sql`
    insert into booking_tickets (event_id, place, booking_id, amount_minor)
    select event_id, row_number() over (order by id) - 1, id, 5000
    from bookings, generate_series(1, 3) where event_id = ${eventId}`);
  await db.execute(sql`
    insert into ledger_entries (event_id, stripe_id, kind, intent_id, booking_id, amount, currency, cause, recorded_at)
    select event_id, intent_id || kind, kind::ledger_kind, intent_id, id, moved.amount, 'EUR', 'booking', ${at}
    from bookings, (values ('charge', 15000), ('refund', -1)) as moved (kind, amount) where event_id = ${eventId}`);
  await db.execute(sql`
    update tickets set status = 'SOLD', reservation_id = gen_random_uuid()
    where event_id = ${eventId} and place < ${count * 3}`);
}
