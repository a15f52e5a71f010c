import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openRedis, type RedisHelper } from '../../../src/platform/redis/client.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { Boards } from '../../../src/seat-map/board/boards.ts';
import { boardKeys, feedKeys, seatMapChannel } from '../../../src/seat-map/board/keys.ts';
import { eventually } from '../../support/wait-until.ts';
import { ownRedis, type OwnRedis } from '../own-redis.ts';

let own: OwnRedis;
let redis: RedisHelper;
let raw: Redis;
let boards: Boards;
let eventId: string;
const GENERATION = 'g1';

beforeAll(async () => {
  own = await ownRedis();
  const parts = { prefix: 'test:', log: openLog('silent'), metrics: openMetrics() };
  redis = openRedis(own.url, { ...parts, commandMs: 10_000 }); // longer than usual, as the machine may be busy
  raw = new Redis(own.url);
  await raw.ping();
  await eventually('redis is available', async () => redis.available());
  boards = new Boards(redis);
});
afterAll(async () => {
  raw.disconnect();
  await redis[Symbol.asyncDispose]();
  await own[Symbol.asyncDispose]();
});
beforeEach(() => {
  eventId = randomUUID();
});

const change = (place: number, version: number, status: string) => ({ place, version, status });
const content = (statuses: string, version = 0) => ({
  statuses,
  versions: Buffer.concat(
    [...statuses].map(() => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(version);
      return bytes;
    }),
  ),
});
const keys = () => boardKeys('test:', eventId, GENERATION);
const apply = (...changes: ReturnType<typeof change>[]) => boards.apply(GENERATION, eventId, changes);
const read = () => boards.read(GENERATION, eventId);

async function fill(statuses: string, version = 0): Promise<void> {
  const claim = await boards.claim(GENERATION, eventId);
  expect(claim).not.toBeNull();
  expect(await boards.fill(GENERATION, eventId, claim!, content(statuses, version))).toBe(true);
}

describe('filling a board', () => {
  test('writes what Postgres returned, in a new epoch', async () => {
    await fill('AASB');
    expect(await read()).toMatchObject({ sequence: 0, available: 2, statuses: 'AASB' });
    const { epoch } = (await read())!;
    await raw.del(keys().meta);
    await fill('AASB');
    expect((await read())!.epoch).not.toBe(epoch);
  });

  test('needs a claim: one at a time, and none for a board that exists', async () => {
    const first = await boards.claim(GENERATION, eventId);
    expect(await boards.claim(GENERATION, eventId)).toBeNull();
    expect(await boards.fill(GENERATION, eventId, first!, content('A'))).toBe(true);
    expect(await boards.claim(GENERATION, eventId)).toBeNull();
  });

  test('blocks other processes for no longer than the TTL of the claim', async () => {
    await boards.claim(GENERATION, eventId);
    expect(await raw.pttl(keys().claim)).toBeGreaterThan(0);
    expect(await raw.pttl(keys().recent)).toBeGreaterThan(await raw.pttl(keys().claim));
  });

  test('is refused without a valid claim', async () => {
    const late = (await boards.claim(GENERATION, eventId))!;
    await raw.del(keys().claim); // as by expiry
    expect(await boards.fill(GENERATION, eventId, late, content('A'))).toBe(false);
    await fill('R');
    expect(await boards.fill(GENERATION, eventId, late, content('A'))).toBe(false);
    expect((await read())!.statuses).toBe('R');
  });

  test('is refused if changes since the claim were lost', async () => {
    const claim = (await boards.claim(GENERATION, eventId))!;
    await apply(change(0, 1, 'R'));
    await raw.del(keys().recent); // as by eviction
    expect(await boards.fill(GENERATION, eventId, claim, content('A'))).toBe(false);
  });

  test('applies changes that the feed writes while Postgres is read', async () => {
    const claim = (await boards.claim(GENERATION, eventId))!;
    await apply(change(1, 6, 'R'), change(2, 6, 'S'));
    await apply(change(1, 7, 'S'));
    await apply(change(3, 5, 'R')); // older than the version in Postgres
    await boards.fill(GENERATION, eventId, claim, content('AAAA', 5));
    expect(await read()).toMatchObject({ sequence: 0, available: 2, statuses: 'ASSA' });
  });

  test('applies changes that the feed wrote just before: they may not be visible in Postgres yet', async () => {
    await apply(change(0, 1, 'R'));
    await fill('AA');
    expect(await read()).toMatchObject({ statuses: 'RA', available: 1 });
  });

  test.each(['meta', 'content', 'versions'] as const)(
    'applies changes written to a board that was lost right after: %s',
    async (key) => {
      await fill('AAA');
      await apply(change(0, 1, 'R'));
      await raw.del(keys()[key]); // as by a moved slot, or eviction
      await apply(change(1, 1, 'S'));
      await fill('AAA');
      await raw.del(keys()[key]);
      await fill('AAA');
      expect(await read()).toMatchObject({ statuses: 'RSA', available: 1 });
    },
  );

  test('publishes an empty delta to subscribers of an earlier epoch', async () => {
    const listener = new Redis(own.url);
    const received = new Promise((resolve) => listener.on('smessage', (_channel, text) => resolve(text)));
    await listener.ssubscribe(seatMapChannel('test:', eventId));
    await fill('AAB');
    expect(await received).toBe(`${(await read())!.epoch} 0 2  `);
    listener.disconnect();
  });
});

describe('applying changes', () => {
  test('without a board keeps them, with a TTL', async () => {
    expect(await apply(change(0, 1, 'R'))).toBe(-1);
    expect(await raw.pttl(keys().recent)).toBeGreaterThan(0);
    expect(await raw.exists(keys().meta)).toBe(0);
  });

  test('publishes changed statuses under the next sequence', async () => {
    const listener = new Redis(own.url);
    const received: string[] = [];
    await fill('AAAA');
    await listener.ssubscribe(seatMapChannel('test:', eventId));
    listener.on('smessage', (_channel, text) => received.push(text));
    expect(await apply(change(3, 1, 'R'), change(1, 1, 'B'))).toBe(1);
    expect(await apply(change(3, 2, 'S'))).toBe(2);
    expect(await apply(change(1, 2, 'A'))).toBe(3);
    await expect.poll(() => received.length).toBe(3);
    const { epoch } = (await read())!;
    expect(received).toEqual([`${epoch} 1 2 RB 3,1`, `${epoch} 2 2 S 3`, `${epoch} 3 3 A 1`]);
    expect(await read()).toMatchObject({ sequence: 3, available: 3, statuses: 'AAAS' });
    listener.disconnect();
  });

  test('ignores versions that are not newer', async () => {
    await fill('AA');
    await apply(change(0, 2, 'S'));
    expect(await apply(change(0, 2, 'S'))).toBe(1);
    expect(await apply(change(0, 1, 'R'))).toBe(1);
    expect(await read()).toMatchObject({ sequence: 1, statuses: 'SA', available: 1 });
  });

  test('with the same status publishes no delta, but keeps the version', async () => {
    await fill('RA', 1);
    expect(await apply(change(0, 3, 'R'))).toBe(0); // a hold was extended
    expect(await apply(change(0, 2, 'A'))).toBe(0);
    expect((await read())!.statuses).toBe('RA');
  });

  test('ignores unknown places', async () => {
    await fill('AA');
    expect(await apply(change(2, 1, 'R'), change(4_000_000_000, 1, 'R'))).toBe(0);
    expect((await read())!.statuses).toBe('AA');
  });

  test('keeps the last 1,000 deltas, with the TTL of the board', async () => {
    await fill('A');
    for (let version = 1; version <= 1_003; version++)
      await apply(change(0, version, version % 2 ? 'R' : 'A'));
    expect(await raw.llen(keys().deltas)).toBe(1_000);
    const [board, deltas] = [await raw.pttl(keys().meta), await raw.pttl(keys().deltas)];
    expect(deltas).toBeGreaterThan(0);
    expect(deltas).toBeLessThanOrEqual(board);
  });
});

describe('reading', () => {
  test('returns no statuses if the reader has them', async () => {
    await fill('AA');
    const { epoch } = (await read())!;
    expect((await boards.read(GENERATION, eventId, { epoch, sequence: 0 }))!.statuses).toBeNull();
    expect((await boards.read(GENERATION, eventId, { epoch: 'other', sequence: 0 }))!.statuses).toBe('AA');
    await apply(change(0, 1, 'R'));
    expect((await boards.read(GENERATION, eventId, { epoch, sequence: 0 }))!.statuses).toBe('RA');
  });

  test('returns the deltas since a sequence, for as long as they are kept', async () => {
    await fill('AAA');
    const { epoch } = (await read())!;
    const since = (sequence: number, of = epoch) =>
      boards.changesSince(GENERATION, eventId, { epoch: of, sequence });
    expect(await since(0)).toEqual({ sequence: 0, available: 3, deltas: [] });
    await apply(change(0, 1, 'R'));
    await apply(change(1, 1, 'S'));
    expect(await since(0)).toMatchObject({ deltas: [{ sequence: 1 }, { sequence: 2, statuses: 'S' }] });
    expect(await since(1)).toMatchObject({ sequence: 2, available: 1, deltas: [{ sequence: 2 }] });
    expect(await since(2)).toMatchObject({ deltas: [] });
    expect(await since(3)).toBeNull();
    expect(await since(1, 'other')).toBeNull();
    await raw.ltrim(keys().deltas, -1, -1);
    expect(await since(0)).toBeNull();
    expect(await since(1)).not.toBeNull();
  });

  test('restarts the TTL of all keys of the board', async () => {
    await fill('A');
    await apply(change(0, 1, 'R'));
    const keysOfBoard = [keys().meta, keys().content, keys().versions, keys().deltas];
    for (const key of keysOfBoard) await raw.pexpire(key, 5_000);
    await read();
    for (const key of keysOfBoard) expect(await raw.pttl(key)).toBeGreaterThan(500_000);
  });

  test.each(['meta', 'content', 'versions'] as const)('finds no board without its %s', async (key) => {
    await fill('AA');
    await raw.del(keys()[key]);
    expect(await read()).toBeNull();
    expect(await apply(change(0, 1, 'R'))).toBe(-1);
    await fill('AA');
    expect((await read())!.statuses).toBe('RA');
  });

  test('finds no board of another generation', async () => {
    await fill('AA');
    expect(await boards.read('g2', eventId)).toBeNull();
  });
});

test('a board restored from disk is invalid: it may lack acknowledged changes', async () => {
  await fill('AA');
  await raw.hset(keys().meta, 'run', '0'.repeat(40)); // run id of the process that saved it
  expect(await read()).toBeNull();
  expect(await apply(change(0, 1, 'R'))).toBe(-1);
});

test('a claim restored from disk is invalid: changes made after it was saved are lost', async () => {
  const claim = (await boards.claim(GENERATION, eventId))!;
  const { claim: claimKey, recent } = keys();
  const [savedClaim, savedRecent] = [await raw.dumpBuffer(claimKey), await raw.dumpBuffer(recent)];
  await apply(change(0, 1, 'R')); // acknowledged by the feed after this
  await own.kill();
  await own.start();
  await eventually('redis is available', async () => redis.available());
  await raw.restore(claimKey, 10_000, savedClaim);
  await raw.restore(recent, 30_000, savedRecent);
  expect(await boards.fill(GENERATION, eventId, claim, content('AA'))).toBe(false);
});

test('the heartbeat of the feed expires within seconds', async () => {
  const lagging = randomUUID();
  expect(await boards.writeHeartbeat({ generation: 'g7', laggingEvents: new Set([lagging]) })).toBe(true);
  expect(await boards.generation(eventId)).toBe('g7');
  expect(await boards.generation(lagging)).toBeNull();
  for (const key of feedKeys('test:')) {
    const left = await raw.pttl(key);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5_000);
  }
});
