import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { expireReservations, sellTickets } from '../../../src/booking/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, reserve, reserved, runOut } from '../../support/holds.ts';
import { overlappingGroups, race, randomNumbers, tally } from '../../support/race.ts';
import { buyers, eventOnSale, type Buyer } from '../../support/seed.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let crowd: Buyer[];
let ana: Client;
/** A session of its own, as an operator has one who terminates backends. */
let operator: postgres.Sql;

beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  crowd = await buyers(world, 60);
  ana = crowd[0]!.client;
  operator = postgres(world.databaseUrl, { max: 2, onnotice: () => {} });
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(async () => {
  await operator.end();
  await world[Symbol.asyncDispose]();
});

describe('a connection terminated during a reservation leaves nothing incomplete', () => {
  /** Reserve while `inTheWay` blocks the transaction; terminate its connection there, then retry. */
  async function killWhileWaiting(
    seeded: { id: string; event: string },
    key: string,
    inTheWay: (tx: postgres.TransactionSql) => Promise<unknown>,
  ) {
    let killed: Promise<unknown> | undefined;
    await operator
      .begin(async (tx) => {
        await inTheWay(tx);
        killed = expect(reserve(ana, seeded.event, { places: [0, 1] }, key)).rejects.toThrow(
          'SERVICE_UNAVAILABLE',
        );
        const [pid] = await sessionsWaitingForLocks(world.platform.db);
        await operator`select pg_terminate_backend(${pid!})`;
        await killed;
        throw new Error('out of the way');
      })
      .catch((error: Error) => expect(error.message).toBe('out of the way'));

    const [left] = await operator`
      select (select count(*)::int from tickets where event_id = ${seeded.id} and (status <> 'AVAILABLE' or version > 0)) as tickets,
        (select count(*)::int from reservations where event_id = ${seeded.id}) as reservations,
        (select count(*)::int from idempotent_calls where key = ${key}) as keys`;
    expect(left).toEqual({ tickets: 0, reservations: 0, keys: 0 });
    expect(await reserve(ana, seeded.event, { places: [0, 1] }, key)).toMatchObject({
      __typename: 'TicketsReserved',
    });
  }

  test('before the first write', async () => {
    const seeded = await eventOnSale(world.platform);
    await killWhileWaiting(
      seeded,
      'before',
      (tx) => tx`select 1 from tickets where event_id = ${seeded.id} and place = 1 for update`,
    );
  });

  test('after the last write', async () => {
    const seeded = await eventOnSale(world.platform);
    await killWhileWaiting(
      seeded,
      'after', // the key is written last: a transaction that waits for it has written tickets and reservation
      (tx) => tx`
        insert into idempotent_calls (event_id, viewer_id, key, operation, input_hash, answer)
        values (${seeded.id}, 'buyer-0', 'after', 'test', 'test', '{}')`,
    );
  });
});

test('connections terminated at random under load: a repeated call under its key returns its outcome, once', async () => {
  const SEATS = 40;
  const KILLS = 100; // bounded: with endless kills faster than reservations, no call would succeed
  const { id, event } = await eventOnSale(world.platform, { seats: SEATS });
  const groups = overlappingGroups(20, SEATS, 99);
  let over = false;
  let killed = 0;
  const killing = (async () => {
    while (!over && killed < KILLS) {
      const ended = await operator`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'onsale' and xact_start is not null
        order by random() limit 1`;
      killed += ended.length;
    }
  })();

  const answers = await race(crowd, async ({ client }, index) => {
    const key = randomUUID();
    for (;;) {
      try {
        return await reserve(client, event, { places: groups[index % groups.length]! }, key);
      } catch (error) {
        expect(String(error)).toContain('SERVICE_UNAVAILABLE'); // outcome unknown: retry
      }
    }
  }).finally(() => {
    over = true;
  });
  await killing;

  expect(killed).toBeGreaterThan(0);
  const won = answers.filter(({ __typename }) => __typename === 'TicketsReserved');
  const [row] = await world.platform.sql`
    select count(*)::int as reservations, count(distinct viewer_id)::int as viewers from reservations where event_id = ${id}`;
  expect(row).toEqual({ reservations: won.length, viewers: won.length });
  expect(won.length).toBeGreaterThan(0);
  const held = new Set(won.flatMap(({ reservation }) => reservation.tickets.map(({ place }: any) => place)));
  expect(groups.filter((group) => group.every((place) => !held.has(place)))).toEqual([]);
});

describe('the moment when a hold runs out', () => {
  const sell = (hold: { id: string }) =>
    inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, keyOf(hold)));

  test('the sweeper, the payment and the next buyer concurrently: one of the two gets the places', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const { id, event } = await eventOnSale(world.platform, { seats: 20 });
      const hold = await reserved(ana, event, { places: [0, 1, 2] });
      await runOut(world.platform.db, hold);
      const [sold, next] = await Promise.all([
        sell(hold),
        reserve(crowd[1]!.client, event, { places: [2, 3] }),
        expireReservations(world.platform),
        expireReservations(world.platform),
      ]);
      expect([sold, next.__typename]).toEqual(sold === 'sold' ? ['sold', 'TicketsUnavailable'] : ['unavailable', 'TicketsReserved']); // prettier-ignore
      outcomes.add(sold);
      await expireReservations(world.platform);
      const rows = await world.platform.sql`
        select count(*)::int as held from tickets where event_id = ${id} and status <> 'AVAILABLE'`;
      expect(rows[0]).toEqual({ held: sold === 'sold' ? 3 : 2 }); // and the sweeper freed the rest
      expect(await audit(world.platform.db)).toEqual([]);
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  test('extension and the next reservation concurrently: one of them succeeds', async () => {
    for (let round = 0; round < 10; round++) {
      const { event } = await eventOnSale(world.platform, { seats: 20 });
      const hold = await reserved(ana, event, { places: [0, 1] });
      await runOut(world.platform.db, hold);
      const [extended, next] = await Promise.all([
        ana.mutate('extendReservation', { reservation: hold.id }),
        reserve(crowd[1]!.client, event, { places: [1, 2] }),
      ]);
      expect([extended.__typename, next.__typename]).toEqual(['ReservationOver', 'TicketsReserved']);
    }
  });
});

test.each([1, 2, 3])(
  'random concurrent operations end consistently, without a deadlock (seed %i)',
  async (seed) => {
    const below = randomNumbers(seed);
    const { event } = await eventOnSale(world.platform, { seats: 30, areas: [{ key: 'floor', places: 10 }] }, { ticketLimit: 6 }); // prettier-ignore
    const organiser = await world.as('organiser', 'ORGANISER');
    const retriesBefore = await retries();
    const holds: { id: string; client: Client }[] = [];
    const some = () => holds[below(holds.length)];
    const places = () => Array.from({ length: 1 + below(4) }, () => below(30)).filter((place, index, all) => all.indexOf(place) === index); // prettier-ignore

    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const { client } = crowd[below(crowd.length)]!;
        const answer = await reserve(client, event, below(4) === 0 ? { generalAdmission: [{ area: 'floor', quantity: 1 + below(3) }] } : { places: places() }); // prettier-ignore
        if (answer.__typename === 'TicketsReserved') holds.push({ id: answer.reservation.id, client });
      },
      async () => some()?.client.mutate('extendReservation', { reservation: some()!.id }),
      async () => {
        const hold = some();
        await hold?.client.mutate('releaseReservation', { reservation: hold.id });
      },
      async () => {
        const hold = some();
        if (hold) await inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, keyOf(hold)));
      },
      async () => {
        const hold = some();
        if (hold) await lapse(hold);
      },
      async () =>
        organiser.mutate(below(2) === 0 ? 'blockTickets' : 'unblockTickets', { event, places: places() }),
      async () => expireReservations(world.platform),
    ];
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        for (let step = 0; step < 30; step++) await acts[below(2) === 0 ? 0 : below(acts.length)]!();
      }),
    );
    expect(holds.length).toBeGreaterThan(10);
    expect((await retries()) - retriesBefore).toBe(0);
    expect(tally(holds.map(() => ({ __typename: 'hold' })))['hold']).toBe(holds.length);
  },
);

/** Let a hold run out if it is active; locks in the order of the product code. */
async function lapse(hold: { id: string }): Promise<void> {
  const { eventId, id } = keyOf(hold);
  await world.platform.db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from reservations where event_id = ${eventId} and id = ${id} for update`);
    await tx.execute(sql`
      select 1 from tickets where event_id = ${eventId} and reservation_id = ${id} order by place for update`);
    await tx.execute(sql`
      update tickets set held_until = now(), version = version + 1
      where event_id = ${eventId} and reservation_id = ${id} and status = 'RESERVED'`);
    await tx.execute(sql`
      update reservations set held_until = now() where event_id = ${eventId} and id = ${id} and status = 'HELD'`);
  });
}

async function retries(): Promise<number> {
  const { values } = await world.platform.metrics.transactionRetries.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
