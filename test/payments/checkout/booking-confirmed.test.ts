import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import { startJobRunner } from '../../../src/app/worker/job-runner.ts';
import { confirmBooking } from '../../../src/payments/checkout/confirm-booking.ts';
import { openCheckouts, type Checkouts, type CrashPoint } from '../../../src/payments/index.ts';
import { defineJob } from '../../../src/platform/db/jobs.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { waitingRoomAdmissions } from '../../../src/waiting-room/tables.ts';
import {
  bookingKey,
  bookingOf,
  openCheckoutWorld,
  pay,
  payAndCrash,
  payment,
  until,
  type CheckoutWorld,
  type Held,
  type Payment,
} from '../../support/checkout-world.ts';
import { openClient } from '../../support/client.ts';
import { reserved, runOut } from '../../support/holds.ts';
import { eventOnSale, viewerOf } from '../../support/seed.ts';
import { admit, makeRoom } from '../../waiting-room/admissions.ts';

const bookingConfirmed = defineJob('test.booking-confirmed', z.object({ eventId: z.uuid(), id: z.uuid() }));

let world: CheckoutWorld;
let checkouts: Checkouts;
let crashPoint: CrashPoint | null = null;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] });
  await world.stripe.setWebhooks({ mode: 'drop' });
  const { url: apiUrl, secretKey, webhookSecret } = world.emulator;
  checkouts = openCheckouts(
    world.platform,
    { apiUrl, secretKey, webhookSecret },
    {
      onConfirmed: [bookingConfirmed],
      atCrashPoint: async (point) => {
        if (point === crashPoint) throw new Error(`stopped at ${point}`);
      },
    },
  );
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(() => world.platform.db.execute(sql`delete from graphile_worker._private_jobs`));
afterEach(async () => {
  crashPoint = null;
  expect(await world.findings()).toEqual([]);
});

/** Call the use case with a subscriber; the world's own server has none. */
const confirm = (held: Held, how: Payment = {}) =>
  confirmBooking(checkouts, { viewer: viewerOf(held.name), address: '127.0.0.1' }, payment(held, how));

const enqueued = async () =>
  (
    await world.platform.db.execute(
      sql`select task_identifier as task from graphile_worker.jobs where task_identifier like 'test.%'`,
    )
  ).rows;

/** Run the waiting jobs of the subscriber; returns their payloads. */
async function delivered(count: number): Promise<unknown[]> {
  const payloads: unknown[] = [];
  await using stack = new AsyncDisposableStack();
  stack.use(
    startJobRunner({
      databaseUrl: world.databaseUrl,
      log: openLog('silent'),
      handlers: [bookingConfirmed.handler(async (payload) => void payloads.push(payload))],
      hourly: [],
    }),
  );
  await until(() => expect(payloads.length).toBeGreaterThanOrEqual(count));
  await until(async () => expect(await enqueued()).toEqual([]));
  return payloads;
}

test('a confirmed Booking enqueues one job per subscriber, with its key as payload', async () => {
  const held = await world.held();
  const how = { key: randomUUID() };
  expect(await confirm(held, how)).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await confirm(held, how)).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await delivered(1)).toEqual([bookingKey(await bookingOf(held))]);
});

test('a free Booking enqueues it, too; a declined or refunded one does not', async () => {
  const declined = await world.held();
  expect(await confirm(declined, { paymentMethod: 'pm_card_chargeDeclined' })).toMatchObject({
    __typename: 'PaymentDeclined',
  });
  const late = await world.held();
  crashPoint = 'paid';
  const how = { key: randomUUID() };
  await expect(confirm(late, how)).rejects.toThrow('stopped at paid');
  crashPoint = null;
  await runOut(world.platform.db, late.reservation);
  await reserved(await world.as('faster'), late.event.event, { places: [1] });
  expect(await confirm(late, how)).toMatchObject({ __typename: 'BookingRefunded' });
  expect(await enqueued()).toEqual([]);

  const free = await world.held({ seats: 20, prices: [0] });
  expect(await confirm(free)).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await delivered(1)).toEqual([bookingKey(await bookingOf(free))]);
});

test('the job is rolled back with the transaction that confirms the Booking', async () => {
  const held = await world.held();
  const how = { key: randomUUID() };
  crashPoint = 'sold'; // the last point before the commit
  await expect(confirm(held, how)).rejects.toThrow('stopped at sold');
  expect(await bookingOf(held)).toMatchObject({ status: 'PENDING' });
  expect(await enqueued()).toEqual([]);
  crashPoint = null;
  expect(await confirm(held, how)).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await enqueued()).toHaveLength(1);
});

test('the job runs although the server died right after the commit', async () => {
  const held = await world.held();
  crashPoint = 'settled';
  await expect(confirm(held)).rejects.toThrow('stopped at settled');
  expect(await delivered(1)).toEqual([bookingKey(await bookingOf(held))]);
});

test('the listeners of a server are enqueued, and no other job', async () => {
  const held = await world.held();
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  const { rows: jobs } = await world.platform.db.execute(
    sql`select task_identifier as task from graphile_worker.jobs where task_identifier <> 'payments.advance-checkout'`,
  );
  expect([...jobs]).toEqual([{ task: 'waiting-room.end-visit' }]);
});

test('the visit of the buyer ends with the transaction that confirms the Booking, not with a later job', async () => {
  const { platform } = world;
  const event = await eventOnSale(platform);
  const room = await makeRoom(platform, event.id);
  const name = `fan-${randomUUID()}`;
  const pass = await admit(platform.db, room, name, 1);
  const client = openClient(world.url, await world.token(name), { 'onsale-admission': pass });
  const held: Held = {
    ...{ event, client, name },
    reservation: await reserved(client, event.event, { places: [0, 1] }),
  };
  const ends = async () =>
    (
      await platform.db
        .select()
        .from(waitingRoomAdmissions)
        .where(eq(waitingRoomAdmissions.eventId, event.id))
    ).map(({ endedBy }) => endedBy);
  const how = { key: randomUUID() };
  await payAndCrash(world, held, 'sold', how);
  expect(await ends()).toEqual([null]);
  expect(await pay(held, how)).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await ends()).toEqual(['BOUGHT']);
});
