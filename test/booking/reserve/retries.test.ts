import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { acquireSeatLocks } from '../../../src/booking/reserve/acquire-seat-locks.ts';
import { seatLockKey } from '../../../src/booking/reserve/keys.ts';
import { reserveTickets } from '../../../src/booking/reserve/reserve-tickets.ts';
import { ClientGone } from '../../../src/platform/errors.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import { reserve, reserveBest } from '../../support/holds.ts';
import { eventOnSale, viewerOf } from '../../support/seed.ts';
import { eventually, sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let operator: postgres.Sql;
const logged: { level: number; msg: string }[] = [];

beforeAll(async () => {
  const log = openLog('warn', { write: (line: string) => void logged.push(JSON.parse(line)) });
  world = await openWorld({ log });
  await recordTickets(world.platform.db);
  operator = postgres(world.databaseUrl, { max: 3, onnotice: () => {} });
  // An insert of these keys is refused, and none is ever found: the state that a key had which was stored as another text.
  await operator.unsafe(`
    create function lose_key() returns trigger language plpgsql as $$
      begin return case when new.key like 'lost%' then null else new end; end $$;
    create trigger lose_key before insert on idempotent_calls for each row execute function lose_key()`);
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(async () => {
  await operator.end();
  await world[Symbol.asyncDispose]();
});

const reservationsOf = async (eventId: string) =>
  (await operator`select id from reservations where event_id = ${eventId}`).length;

/** Runs of the transactions of a use case. */
async function transactions(name: string): Promise<number> {
  const { values } = await world.platform.metrics.transactionSeconds.get();
  return values.find(({ metricName, labels }) => metricName?.endsWith('_count') && labels.name === name)?.value ?? 0; // prettier-ignore
}

describe('a call whose key is neither stored nor found ends', () => {
  test('reserveTickets with SERVICE_UNAVAILABLE, after a handful of transactions', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const before = await transactions('booking.reserveTickets');
    await expect(reserve(await world.as('ana'), event, { places: [1] }, 'lost-1')).rejects.toThrow(
      'SERVICE_UNAVAILABLE',
    );
    expect((await transactions('booking.reserveTickets')) - before).toBeLessThan(5);
    expect(await reservationsOf(id)).toBe(0);
  });

  test('reserveBestAvailable with a refusal', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const before = await transactions('booking.reserveBestAvailable');
    const outcome = await reserveBest(await world.as('ana'), event, 2, { idempotencyKey: 'lost-2' });
    expect(outcome).toMatchObject({ __typename: 'NoSeatsTogether' });
    expect((await transactions('booking.reserveBestAvailable')) - before).toBeLessThan(40);
    expect(await reservationsOf(id)).toBe(0);
  });
});

describe('when the client hangs up', () => {
  test('a call that waits for seat locks stops', async () => {
    const { id } = await eventOnSale(world.platform);
    const { redis } = world.platform;
    await redis.connection!.set(seatLockKey(redis.prefix, id, 1), 'another call');
    const hangUp = new AbortController();
    const options = { exactPlaces: true, signal: hangUp.signal };
    const waiting = acquireSeatLocks(world.platform, { eventId: id, viewerId: 'ana' }, [1], 'me', options);
    hangUp.abort(new ClientGone());
    await expect(waiting).rejects.toThrow(ClientGone);
  });

  test('a call between two attempts makes no other', async () => {
    const { event } = await eventOnSale(world.platform);
    const input = { event, selection: { places: [1] }, idempotencyKey: 'lost-3' };
    const before = await transactions('booking.reserveTickets');
    const signal = AbortSignal.abort(new ClientGone());
    await expect(reserveTickets(world.platform, viewerOf('ana'), input, { signal })).rejects.toThrow(
      ClientGone,
    );
    expect(await transactions('booking.reserveTickets')).toBe(before);
  });

  test('its queued order is dropped, and nothing is logged', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 200 });
    const send = async (buyer: number, signal?: AbortSignal) => {
      const query = `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) { __typename } }`;
      const input = { event, selection: { places: [buyer] }, idempotencyKey: randomUUID() };
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await world.token(`queued-${buyer}`)}`,
        },
        body: JSON.stringify({ query, variables: { input } }),
        ...(signal && { signal }),
      });
      return response.json();
    };
    const lockedSeats = async () => {
      const { connection, prefix } = world.platform.redis;
      return (await connection!.keys(`${prefix}{${id}}:seat-lock:*`)).length;
    };
    logged.length = 0;
    const hangUp = new AbortController();
    let running: Promise<unknown>[] = [];
    let queued: Promise<unknown>[] = [];
    await operator.begin(async (tx) => {
      await tx`lock table price_tiers in access exclusive mode`; // blocks the last statement of a batch
      running = [send(0)];
      await sessionsWaitingForLocks(world.platform.db, 1);
      running.push(send(1));
      await sessionsWaitingForLocks(world.platform.db, 2);
      queued = Array.from({ length: 20 }, (_, index) => send(10 + index, hangUp.signal));
      await eventually('the orders are queued', async () => (await lockedSeats()) === 22);
      hangUp.abort();
      expect((await Promise.allSettled(queued)).every(({ status }) => status === 'rejected')).toBe(true);
      for (let turn = 0; turn < 3; turn++) await world.stranger.ask('{ viewer { subject } }'); // read after the closed sockets
    });
    expect(await Promise.all(running)).toHaveLength(2);
    await eventually(
      'the seat locks of the dropped orders are released',
      async () => (await lockedSeats()) === 0,
    );
    expect(await reservationsOf(id)).toBe(2);
    expect(logged).toEqual([]);
  });
});
