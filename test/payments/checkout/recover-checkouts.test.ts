import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { closeIntents } from '../../../src/payments/checkout/close-intents.ts';
import { openCheckouts, recoverCheckouts } from '../../../src/payments/index.ts';
import {
  bookingKey,
  bookingOf,
  intentOf,
  openCheckoutWorld,
  pay,
  payAndCrash,
  stripeOf,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf, runOut } from '../../support/holds.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] }); // no worker: enqueued jobs stay
  await world.stripe.setWebhooks({ mode: 'drop' });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const jobs = async () =>
  (
    await world.platform.db.execute<{ key: string | null; due: boolean }>(
      sql`select key, run_at <= now() as due from graphile_worker.jobs order by key`,
    )
  ).rows;
/** Deleted, out of attempts, of a worker that died. */
const WAYS_TO_LOSE_JOBS = [
  sql`delete from graphile_worker._private_jobs`,
  sql`update graphile_worker._private_jobs set attempts = max_attempts`,
  sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead worker'`,
];
const recover = (idleSeconds = 0) => recoverCheckouts(world, { idleSeconds });

test('a checkout without a waiting job gets a new one; the others keep theirs', async () => {
  const done = await world.held();
  await pay(done);
  await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
  expect(await recover()).toBe(0);

  const held = await world.held();
  await payAndCrash(world, held, 'charged');
  const key = `checkout:${bookingKey(await bookingOf(held)).id}`;
  expect(await jobs()).toEqual([{ key, due: false }]);
  expect(await recover()).toBe(0);

  for (const lost of WAYS_TO_LOSE_JOBS) {
    await world.platform.db.execute(lost);
    expect(await recover(3_600)).toBe(0); // too recent: its worker may be alive
    expect(await recover()).toBe(1);
    expect(await jobs()).toContainEqual({ key, due: true });
    expect(await recover()).toBe(0);
  }
});

describe('an intent that a declined attempt has left open', () => {
  const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };
  const openIntents = async () =>
    (
      await world.platform.db.execute(
        sql`select distinct intent_id from bookings where step = 'declined' and shared_intent`,
      )
    ).rows;
  const keyOfJob = (held: Held) => `close-intents:${keyOf(held.reservation).id}`;
  const closing = async () => (await jobs()).filter(({ key }) => key?.startsWith('close-intents:')); // null: superseded while it ran
  const runJob = (held: Held) => {
    const { url: apiUrl, secretKey, webhookSecret } = world.emulator;
    const checkouts = openCheckouts(world.platform, { apiUrl, secretKey, webhookSecret });
    return closeIntents(checkouts, keyOf(held.reservation));
  };

  test('without a waiting job gets a new one, and is closed by it after the hold', async () => {
    const held = await world.held();
    const { booking } = await pay(held, DECLINED);
    const intent = await intentOf(world, booking);
    const key = keyOfJob(held);
    expect(await closing()).toEqual([{ key, due: false }]);
    expect(await recover()).toBe(0);
    for (const lost of WAYS_TO_LOSE_JOBS) {
      await world.platform.db.execute(lost);
      expect(await recover(3_600)).toBe(0);
      expect(await recover()).toBeGreaterThanOrEqual(1);
      expect(await closing()).toContainEqual({ key, due: true });
      expect(await recover()).toBe(0);
    }
    await runOut(world.platform.db, held.reservation);
    await runJob(held);
    expect((await stripeOf(world).paymentIntents.retrieve(intent)).status).toBe('canceled');
    await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
    expect(await openIntents()).toEqual([]);
    await recover();
    expect(await closing()).toEqual([]);
  });

  test('is none if another attempt has paid with it: the sweep does not meet it for ever', async () => {
    const held = await world.held();
    await pay(held, DECLINED);
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
    await recover();
    expect(await closing()).toEqual([{ key: keyOfJob(held), due: true }]);
    await runJob(held);
    await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
    expect(await openIntents()).toEqual([]);
    await recover();
    expect(await closing()).toEqual([]);
    expect((await bookingOf(held))?.status).toBe('CONFIRMED');
  });

  test('stays open while another attempt is in progress, for the one after it', async () => {
    const held = await world.held();
    await pay(held, DECLINED);
    const second = { ...DECLINED, key: 'second' };
    await payAndCrash(world, held, 'charged', second);
    await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
    await runJob(held);
    expect(await closing()).toEqual([{ key: keyOfJob(held), due: false }]);
    expect(await pay(held, second)).toMatchObject({ __typename: 'PaymentDeclined' });
    const intent = await intentOf(world, await bookingOf(held));
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await intentOf(world, await bookingOf(held))).toBe(intent);
  });

  test('is found by an index', async () => {
    const { rows: plan } = await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      return tx.execute(sql`
        explain select event_id, reservation_id from bookings
        where step = 'declined' and shared_intent and updated_at < now() order by updated_at`);
    });
    expect(JSON.stringify(plan)).toContain('bookings_with_open_intents');
  });
});

test('a received webhook that was not handled gets a new job', async () => {
  await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
  await world.platform.db.execute(sql`update bookings set updated_at = now() + interval '1 hour'`);
  await world.platform.db.execute(sql`
    insert into webhook_events (id, type, payload, handled_at)
    values ('evt_left', 'payment_intent.succeeded', '{}', null), ('evt_done', 'payment_intent.succeeded', '{}', now())`);
  expect(await recover()).toBe(1);
  expect(await jobs()).toEqual([{ key: 'webhook:evt_left', due: true }]);
});

test('a search that fails stops no other', async () => {
  const { db } = world.platform;
  await db.execute(sql`delete from graphile_worker._private_jobs`);
  await db.execute(sql`update webhook_events set handled_at = null where id = 'evt_left'`);
  await db.execute(sql`alter table bookings rename to bookings_away`);
  try {
    await expect(recover()).rejects.toThrow('2 of 3 failed');
  } finally {
    await db.execute(sql`alter table bookings_away rename to bookings`);
  }
  expect(await jobs()).toEqual([{ key: 'webhook:evt_left', due: true }]);
});

test('stuck checkouts are found by an index', async () => {
  const { rows: plan } = await world.platform.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(sql`
      explain select event_id, id from bookings
      where step not in ('confirmed', 'declined', 'refunded', 'cancelled') and updated_at < now()
      order by updated_at`);
  });
  expect(JSON.stringify(plan)).toContain('bookings_under_way');
});
