import postgres from 'postgres';
import { expect, test } from 'vitest';

import { openCheckoutWorld } from '../../support/checkout-world.ts';
import { openClient } from '../../support/client.ts';
import { reserve } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { startServer } from '../../support/start-server.ts';
import { eventually, sessionsWaitingForLocks } from '../../support/wait-until.ts';

const BUYERS = 80;
/** Buyers with a response before the crash. */
const SERVED = 10;

test('kill -9 with batches running and orders queued: each order is complete or absent, and a retry completes it', async () => {
  await using world = await openCheckoutWorld({ roles: ['api'] });
  const { id, event } = await eventOnSale(world.platform, { seats: 2 * BUYERS });
  const tokens = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) => world.token(`buyer-${buyer}`)),
  );
  const order = (url: string, buyer: number) =>
    reserve(openClient(url, tokens[buyer]), event, { places: [2 * buyer, 2 * buyer + 1] }, `order-${buyer}`);
  const allOrders = tokens.map((_, buyer) => buyer);
  const operator = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  const left = async () => {
    const [row] = await world.platform.sql`
      select (select count(*)::int from tickets where event_id = ${id} and status = 'RESERVED') as tickets,
        (select count(*)::int from reservations where event_id = ${id}) as reservations,
        (select count(*)::int from idempotent_calls where event_id = ${id}) as keys`;
    return row;
  };

  await using doomed = await startServer(world, null);
  const served = await Promise.all(allOrders.slice(0, SERVED).map((buyer) => order(doomed.url, buyer)));
  await operator.begin(async (tx) => {
    await tx`lock table price_tiers in access exclusive mode`; // blocks the last statement of a batch
    const calls = Promise.allSettled(allOrders.slice(SERVED).map((buyer) => order(doomed.url, buyer)));
    await sessionsWaitingForLocks(world.platform.db, 2);
    await doomed.kill();
    expect((await calls).every(({ status }) => status === 'rejected')).toBe(true);
  });
  await operator.end();
  await eventually('Postgres has noticed', async () => {
    const sessions = await world.platform.sql`
      select 1 from pg_locks where relation = 'price_tiers'::regclass and database = (
        select oid from pg_database where datname = current_database())`;
    return sessions.length === 0;
  });
  expect(await left()).toEqual({ tickets: 2 * SERVED, reservations: SERVED, keys: SERVED });

  const answers = await Promise.all(allOrders.map((buyer) => order(world.url, buyer)));
  expect(answers.map(({ __typename }) => __typename)).toEqual(allOrders.map(() => 'TicketsReserved'));
  for (const [buyer, { reservation }] of served.entries())
    expect(answers[buyer].reservation.id).toBe(reservation.id);
  expect(await left()).toEqual({ tickets: 2 * BUYERS, reservations: BUYERS, keys: BUYERS });
  expect(await world.findings()).toEqual([]);
});
