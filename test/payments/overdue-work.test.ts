import { sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openCheckouts, reportOverdue } from '../../src/payments/index.ts';
import {
  bookingKey,
  bookingOf,
  giveBack,
  openCheckoutWorld,
  pay,
  payAndCrash,
  type CheckoutWorld,
} from '../support/checkout-world.ts';
import { keyOf } from '../support/holds.ts';
import { refundAmount } from '../support/organiser-refunds.ts';
import { ORGANISER } from '../support/seed.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] }); // no worker: what is left stays
  await world.stripe.setWebhooks({ mode: 'drop' });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const report = () => {
  const { url: apiUrl, secretKey, webhookSecret } = world.emulator;
  return reportOverdue(openCheckouts(world.platform, { apiUrl, secretKey, webhookSecret }));
};
const run = (statement: SQL) => world.platform.db.execute(statement);
const alarms = async () =>
  (await run(sql`select alarm, subject, reason from payment_alarms order by first_raised_at, alarm`)).rows;
const unchangedFor = (id: string, age: string) =>
  run(sql`update bookings set updated_at = now() - ${age}::interval where id = ${id}`);

/** Report what is overdue before and after a row has reached its age; returns the alarm that it raised once. */
async function alarmAfter(least: string, most: string, age: (interval: string) => Promise<unknown>) {
  await age(least);
  await report();
  const before = await alarms();
  await age(most);
  await report();
  await report();
  return (await alarms()).slice(before.length);
}

test('a payment that succeeded, and whose sale fails each time, raises an alarm after an hour', async () => {
  const held = await world.held();
  await payAndCrash(world, held, 'paid');
  const { id } = bookingKey(await bookingOf(held));
  const raised = await alarmAfter('59 minutes', '61 minutes', (age) => unchangedFor(id, age));
  expect(raised).toEqual([{ alarm: 'payment-overdue', subject: id, reason: 'paid' }]);
});

test('a refund that is due raises one after two days, unless it has raised another', async () => {
  const [lost, refused] = [await world.held(), await world.held()];
  const bookings = [(await pay(lost)).booking, (await pay(refused)).booking];
  const fault = { path: '/v1/refunds', method: 'POST', kind: 'error', times: 100 } as const;
  await world.stripe.addFault({ ...fault, status: 503 });
  await giveBack(lost, bookings[0]);
  await world.stripe.replaceFaults({ ...fault, status: 400, code: 'charge_disputed' });
  await giveBack(refused, bookings[1]);
  const [{ id }, { id: known }] = [bookingKey(bookings[0]), bookingKey(bookings[1])];
  const raised = await alarmAfter('47 hours', '49 hours', async (age) => {
    await unchangedFor(id, age);
    await unchangedFor(known, age);
  });
  expect(raised).toEqual([{ alarm: 'payment-overdue', subject: id, reason: 'cancelling' }]);
  expect(await alarms()).toContainEqual({
    alarm: 'refund-refused',
    subject: known,
    reason: 'charge_disputed',
  });
});

test('a refund of an organiser whose job fails each time raises one after two days', async () => {
  const held = await world.held();
  const { booking } = await pay(held);
  await refundAmount(await world.as(ORGANISER, 'ORGANISER'), booking, { amount: 100 });
  const { id: bookingId } = bookingKey(booking);
  const { rows } = await run(sql`select id from refund_requests where booking_id = ${bookingId}`);
  const raised = await alarmAfter('47 hours', '49 hours', (age) =>
    run(
      sql`update refund_requests set updated_at = now() - ${age}::interval where booking_id = ${bookingId}`,
    ),
  );
  expect(raised).toEqual([{ alarm: 'payment-overdue', subject: rows[0]!['id'], reason: 'refund' }]);
});

test('an intent that a declined attempt left open raises one after two days', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
  const { id } = bookingKey(booking);
  const raised = await alarmAfter('47 hours', '49 hours', (age) => unchangedFor(id, age));
  expect(raised).toEqual([{ alarm: 'intent-overdue', subject: keyOf(held.reservation).id, reason: '' }]);
});

test('a webhook that is not handled raises one after a day', async () => {
  await run(sql`insert into webhook_events (id, type, payload) values ('evt_left', 'refund.failed', '{}')`);
  const raised = await alarmAfter('23 hours', '25 hours', (age) =>
    run(sql`update webhook_events set received_at = now() - ${age}::interval`),
  );
  expect(raised).toEqual([{ alarm: 'webhook-overdue', subject: 'evt_left', reason: '' }]);
});
