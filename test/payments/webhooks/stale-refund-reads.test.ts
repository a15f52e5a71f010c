import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import { recordForeignRefund } from '../../../src/payments/store/foreign-refunds.ts';
import { recordIntentRefund } from '../../../src/payments/store/intent-refunds.ts';
import {
  bookingKey,
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { keyOf } from '../../support/holds.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

// A webhook's job reads a refund, and another one reads and writes a later status before the first one writes its own.

const READ = { path: '/v1/refunds/:id', method: 'GET', kind: 'hold', when: 'after' } as const;
const PART = { amount: 100, currency: 'EUR' };

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** What the newest Booking of an intent records. */
async function recorded(intent: string) {
  const { rows } = await world.platform.db.execute(sql`
    select refund_id as id, refund_status as status, foreign_refunds as "others" from bookings
    where intent_id = ${intent} order by created_at desc limit 1`);
  return rows[0];
}

async function refundOf(intent: string): Promise<string> {
  const { refunds } = await world.stripe.payments();
  return refunds.find(({ payment_intent }) => payment_intent === intent)!.id;
}

async function bought(paymentMethod: string) {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  await world.countCallsAnew();
  return { held, booking, intent: await intentOf(world, booking) };
}

/** A job reads that a pending refund has succeeded; before it writes that, the bank rejects the refund, which another job writes. */
async function rejectDuringRead(refundId: string, isWritten: () => Promise<void>): Promise<void> {
  await world.stripe.addFault(READ);
  await world.stripe.settleRefund(refundId, 'succeeded');
  await world.stripe.untilStalled();
  await world.stripe.settleRefund(refundId, 'failed');
  await until(isWritten);
  await world.stripe.releaseStalled();
  await world.countCallsAnew();
}

describe('a status that was read before a later one was written is not written', () => {
  test('of the refund of a booking', async () => {
    const { held, booking, intent } = await bought('pm_card_pendingRefund');
    const before = await countAlarms(world, 'refund-failed');
    await giveBack(held, booking);
    await world.countCallsAnew();
    const id = await refundOf(intent);
    const isWritten = async () =>
      expect(await recorded(intent)).toEqual({ id, status: 'failed', others: null });
    await rejectDuringRead(id, isWritten);
    await isWritten();
    expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
    await dashboard.refunds.create({ payment_intent: intent }); // as the operator does
  });

  test('of a refund in the dashboard', async () => {
    const { held, booking, intent } = await bought('pm_card_pendingRefund');
    const before = await countAlarms(world, 'refund-failed');
    const { id } = await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await world.countCallsAnew();
    const isWritten = async () =>
      expect(await recorded(intent)).toMatchObject({ others: { [id]: 'failed' } });
    await rejectDuringRead(id, isWritten);
    await isWritten();
    expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
    await giveBack(held, booking);
  });
});

test('of a refund in the dashboard an earlier status is not recorded over a later one', async () => {
  const { held, booking, intent } = await bought('pm_card_visa');
  const key = bookingKey(booking);
  for (const status of ['pending', 'succeeded', 'failed', 'succeeded', 'pending'])
    await recordForeignRefund(world.platform, key, { refundId: 're_1', status, ...PART });
  expect(await recorded(intent)).toMatchObject({ others: { re_1: 'failed' } });
  await world.platform.db.execute(sql`update bookings set foreign_refunds = null where id = ${key.id}`);
  await giveBack(held, booking);
});

describe('declined attempts', () => {
  /** A declined attempt, and what is recorded of its refund when these are recorded in turn. */
  async function recordedOf(...refunds: [refundId: string, status: string][]) {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    const intent = await intentOf(world, booking);
    const reservation = { eventId: held.event.id, id: keyOf(held.reservation).id };
    for (const [refundId, status] of refunds)
      await recordIntentRefund(
        world.platform,
        reservation,
        intent,
        { refundId, status, ...PART },
        'elsewhere',
      );
    const { id, status } = (await recorded(intent))!;
    return { id, status };
  }

  test('record no earlier status of their refund', async () => {
    expect(await recordedOf(['re_1', 'pending'], ['re_1', 'failed'], ['re_1', 'succeeded'])).toEqual({
      id: 're_1',
      status: 'failed',
    });
  });

  test('record a second refund after one that was rejected, and not the rejection again', async () => {
    expect(await recordedOf(['re_1', 'failed'], ['re_2', 'pending'], ['re_1', 'failed'])).toEqual({
      id: 're_2',
      status: 'pending',
    });
  });

  test('record a refund until it is settled, whatever others there are', async () => {
    expect(await recordedOf(['re_1', 'pending'], ['re_2', 'succeeded'], ['re_1', 'succeeded'])).toEqual({
      id: 're_1',
      status: 'succeeded',
    });
  });
});
