import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';

import { seatLockKey } from '../../../src/booking/reserve/keys.ts';
import { lockSeats } from '../../../src/booking/reserve/seat-locks.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { reserve, reserved } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';
import type { World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

shareAuditedWorld((shared) => ({ world, ana, ben } = shared));

const keysLeft = (eventId: string) =>
  world.platform.redis.connection!.keys(
    `${seatLockKey(world.platform.redis.prefix, eventId, 0).slice(0, -1)}*`,
  );

describe('seat locks in Redis', () => {
  const lock = (eventId: string, places: number[], holder: string) =>
    lockSeats(world.platform.redis, eventId, places, holder);

  test('are acquired all or none, and conflicts are listed', async () => {
    const event = newId();
    await using first = await lock(event, [1, 2], 'first');
    await using second = await lock(event, [5, 2, 3, 1], 'second');
    await using third = await lock(event, [3, 4, 5], 'third'); // the second locked nothing
    expect([first.taken, second.taken, third.taken]).toEqual([[], [2, 1], []]);
  });

  test('do not conflict for the same holder, and expire', async () => {
    const event = newId();
    await using first = await lock(event, [1, 2], 'same');
    await using again = await lock(event, [2, 3], 'same');
    expect([first.taken, again.taken]).toEqual([[], []]);
    const key = seatLockKey(world.platform.redis.prefix, event, 2);
    expect(await world.platform.redis.connection!.pttl(key)).toBeGreaterThan(0);
  });

  test('are released by their holder only', async () => {
    const event = newId();
    const key = seatLockKey(world.platform.redis.prefix, event, 1);
    {
      await using locks = await lock(event, [1, 2], 'slow');
      expect(locks.taken).toEqual([]);
      await world.platform.redis.connection!.set(key, 'another'); // the slow one's time was over meanwhile
    }
    expect(await world.platform.redis.connection!.get(key)).toBe('another');
    expect(await keysLeft(event)).toEqual([key]);
  });

  test('survive a flushed script cache', async () => {
    await world.platform.redis.connection!.script('FLUSH');
    const event = newId();
    await using locks = await lock(event, [1], 'holder');
    await using others = await lock(event, [1], 'another');
    expect([locks.taken, others.taken]).toEqual([[], [1]]);
  });

  test('of one Event share one slot', () => {
    expect(seatLockKey('p:', 'e', 7)).toBe('p:{e}:seat-lock:7');
  });
});

describe('the lease', () => {
  test('ends with the response: no lock is left', async () => {
    const { id, event } = await eventOnSale(world.platform);
    await reserved(ana, event, { places: [0, 1] });
    await reserve(ben, event, { places: [1, 2] });
    expect(await keysLeft(id)).toEqual([]);
  });

  test('of a crashed holder does not keep a free seat from being sold', async () => {
    const { id, event } = await eventOnSale(world.platform);
    await world.platform.redis.connection!.set(seatLockKey(world.platform.redis.prefix, id, 1), 'the dead');
    expect(await reserve(ana, event, { places: [0, 1] })).toMatchObject({ __typename: 'TicketsReserved' });
  });

  test('of a holder who is refused does not refuse the next buyer', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const answers = await world.platform.db.transaction(async (slow) => {
      await slow.execute(sql`update tickets set status = 'BLOCKED', version = version + 1 where event_id = ${id} and place = 1`); // prettier-ignore
      const first = reserve(ana, event, { places: [1, 2] }); // waits for the row lock on place 1
      await sessionsWaitingForLocks(world.platform.db);
      const second = reserve(ben, event, { places: [2, 3] }); // while the first holds the Redis lock on place 2
      return [first, second];
    });
    expect(await Promise.all(answers)).toMatchObject([
      { __typename: 'TicketsUnavailable', places: [1] },
      { __typename: 'TicketsReserved' },
    ]);
  });

  test('of another holder ends in a refusal without a transaction if the seats are taken', async () => {
    const { id, event } = await eventOnSale(world.platform);
    await reserved(ana, event, { places: [4] });
    await world.platform.redis.connection!.set(seatLockKey(world.platform.redis.prefix, id, 5), 'another');
    const before = await transactions();
    expect(await reserve(ben, event, { places: [4, 5] })).toMatchObject({ __typename: 'TicketsUnavailable', places: [4] }); // prettier-ignore
    expect(await transactions()).toBe(before);
  });

  test('of another holder does not hide the caller’s own success', async () => {
    const { id, event } = await eventOnSale(world.platform);
    const first = await reserved(ana, event, { places: [4] }, 'mine');
    await ana.mutate('releaseReservation', { reservation: first.id });
    await reserved(ben, event, { places: [4] });
    await world.platform.redis.connection!.set(seatLockKey(world.platform.redis.prefix, id, 4), 'another');
    expect(await reserved(ana, event, { places: [4] }, 'mine')).toMatchObject({ id: first.id });
  });
});

async function transactions(): Promise<number> {
  const { values } = await world.platform.metrics.transactionSeconds.get();
  const count = values.find(
    ({ metricName, labels }) => metricName?.endsWith('_count') && labels['name'] === 'booking.reserveTickets',
  );
  return count?.value ?? 0;
}
