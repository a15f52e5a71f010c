import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { openCheckouts } from '../../../src/payments/index.ts';
import { handleWebhook } from '../../../src/payments/webhooks/handle-webhook.ts';
import { bookingKey, giveBack, intentOf, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

// Six events of one Booking, in each of their 720 orders: paid, refunded in part by hand, disputed, won, cancelled.

const TYPES = [
  'payment_intent.succeeded',
  'refund.created', // of the part
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
];

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

const run = (statement: ReturnType<typeof sql>) => world.platform.db.execute(statement);

test('all permutations of the events of one Booking end in the same state', async () => {
  const held = await world.held();
  await world.stripe.setWebhooks({ mode: 'hold' });
  const { booking } = await pay(held);
  const key = bookingKey(booking);
  const intent = await intentOf(world, booking);
  await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
  const { id: dispute } = await world.stripe.dispute(intent);
  await world.stripe.settleDispute(dispute, 'won');
  await giveBack(held, booking); // the whole rest
  const { held: events } = await world.stripe.webhooks();
  const ids = TYPES.map((type) => events.find((event) => event.type === type)!.id);
  ids.push(events.findLast((event) => event.type === 'refund.created')!.id);
  await store(ids);

  /** What no order of the events may change: rows, amounts, statuses, alarms. */
  const state = async () => {
    const tables = [
      sql`select step, refund_id, refund_status, foreign_refunds from bookings where id = ${key.id}`,
      sql`select id, amount, currency, status, booking_id from refunds where intent_id = ${intent} order by id`,
      sql`select id, amount, currency, status, evidence_due_by from disputes where intent_id = ${intent} order by id`,
      sql`select stripe_id, kind, amount, currency, cause from ledger_entries where intent_id = ${intent} order by 1, 2`,
      sql`select alarm, subject, reason from payment_alarms order by 1, 2, 3`,
    ];
    return Promise.all(tables.map(async (rows) => (await run(rows)).rows));
  };
  const [before] = await state();
  const checkouts = openCheckouts(world.platform, {
    secretKey: world.emulator.secretKey,
    webhookSecret: world.emulator.webhookSecret,
    apiUrl: world.emulator.url,
  });
  let expected: unknown;
  let orders = 0;
  for (const order of permutations(ids)) {
    for (const id of order) await handleWebhook(checkouts, id);
    const reached = await state();
    expected ??= reached;
    expect(reached, order.join(', ')).toEqual(expected);
    orders++;
    // as it was before the first of them
    await run(sql`update webhook_events set handled_at = null`);
    await run(sql`update bookings set foreign_refunds = null where id = ${key.id}`);
    await run(sql`delete from refunds where amount = 100`);
    await run(sql`delete from ledger_entries where kind <> 'charge' and amount <> ${-9_900}`);
    await run(sql`delete from disputes`);
    await run(sql`delete from payment_alarms`);
    expect((await state())[0]).toEqual(before);
  }
  expect(orders).toBe(720);
  await run(sql`delete from webhook_events`);
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await world.countCallsAnew();
  expect(await state()).toEqual(expected); // by way of the server, in the order in which Stripe sent them

  async function store(wanted: readonly string[]): Promise<void> {
    for (const id of wanted) {
      const event = await dashboard.events.retrieve(id);
      await run(sql`
        insert into webhook_events (id, type, payload, received_at)
        values (${id}, ${event.type}, ${JSON.stringify(event)}::jsonb, now() + interval '1 day')`); // no sweep takes them
    }
  }
}, 300_000);

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
