import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startRedis, type LocalRedis } from '../../../src/local-stack/redis.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import { reserve } from '../../support/holds.ts';
import { overlappingGroups, race, tally } from '../../support/race.ts';
import { buyers, eventOnSale, type Buyer } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

const BUYERS = 200;
const GROUPS = 20;
const SEATS = 40;

let opened: AsyncDisposableStack;
beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

async function openRace(redisUrl?: string | null): Promise<{ world: World; crowd: Buyer[] }> {
  const world = opened.use(await openWorld(redisUrl === undefined ? {} : { redisUrl }));
  await recordTickets(world.platform.db);
  return { world, crowd: await buyers(world, BUYERS) };
}

/** A Redis that the test can stop. */
async function openRedis(): Promise<LocalRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-race-'));
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const redis = await startRedis({ directory });
  if (redis === null) throw new Error('this test needs a redis-server');
  return opened.use(redis);
}

/**
 * Race for overlapping groups of seats, and check the result. A `mishap` happens with half of the requests in flight; the
 * other half follows.
 */
async function raceForGroups(
  { world, crowd }: { world: World; crowd: Buyer[] },
  seed: number,
  mishap?: () => PromiseLike<unknown>,
): Promise<void> {
  const { id, event } = await eventOnSale(world.platform, { seats: SEATS });
  const groups = overlappingGroups(GROUPS, SEATS, seed);
  const groupOf = (index: number) => groups[index % GROUPS]!;

  const happened = Promise.withResolvers<void>();
  if (mishap === undefined) happened.resolve();
  const answers = await race(
    crowd,
    async ({ client }, index) => {
      if (index >= BUYERS / 2) await happened.promise;
      return reserve(client, event, { places: groupOf(index) });
    },
    (answered) => {
      if (answered === BUYERS / 8) mishap?.().then(() => happened.resolve(), happened.reject);
    },
  );

  expect(await audit(world.platform.db)).toEqual([]);
  const held = new Set<number>();
  answers.forEach((answer, index) => {
    if (answer.__typename === 'TicketsReserved') {
      const places = answer.reservation.tickets.map(({ place }: { place: number }) => place);
      expect(places).toEqual(groupOf(index).toSorted((a, b) => a - b)); // the whole group
      for (const place of places) {
        expect(held.has(place), `place ${place} went to two buyers (seed ${seed})`).toBe(false);
        held.add(place);
      }
    } else {
      expect(answer).toMatchObject({ __typename: 'TicketsUnavailable' });
      expect(answer.places.length).toBeGreaterThan(0);
      expect(groupOf(index)).toEqual(expect.arrayContaining(answer.places));
    }
  });
  const reserved = await world.platform.sql`
    select place from tickets where event_id = ${id} and status = 'RESERVED' order by place`;
  expect(reserved.map(({ place }) => place)).toEqual([...held].toSorted((a, b) => a - b)); // and none for the others
  expect(tally(answers)['TicketsReserved']).toBeGreaterThan(0);
  const forsaken = groups.filter((group) => group.every((place) => !held.has(place)));
  expect(forsaken, `free groups that all of their buyers were refused (seed ${seed})`).toEqual([]);
}

describe(`${BUYERS} buyers race for ${GROUPS} overlapping groups of 2 to 8 seats: no seat twice, all or none, no group is refused to all`, () => {
  test('with Redis', async () => {
    const contest = await openRace();
    const before = await scriptsRun(contest.world);
    for (const seed of [1, 2, 3]) await raceForGroups(contest, seed);
    expect(await scriptsRun(contest.world)).toBeGreaterThan(before);
    expect(await metric(contest.world, 'transactionRetries')).toBe(0); // no deadlock
  });

  test('without Redis', async () => {
    const contest = await openRace(null);
    for (const seed of [4, 5, 6]) await raceForGroups(contest, seed);
    expect(await metric(contest.world, 'transactionRetries')).toBe(0);
  });

  test('with Redis stopped in the middle', async () => {
    const redis = await openRedis();
    const contest = await openRace(redis.url);
    await raceForGroups(contest, 7);
    const before = await metric(contest.world, 'redisUnavailable');
    await raceForGroups(contest, 8, () => redis[Symbol.asyncDispose]());
    expect(await metric(contest.world, 'redisUnavailable')).toBeGreaterThan(before); // it happened during the race
    await raceForGroups(contest, 9);
  });

  test('with a Redis that hangs in the middle', async () => {
    const redis = await openRedis();
    const contest = await openRace(redis.url);
    opened.defer(() => void process.kill(redis.pid, 'SIGCONT'));
    await raceForGroups(contest, 10, async () => process.kill(redis.pid, 'SIGSTOP'));
    expect(await metric(contest.world, 'redisUnavailable')).toBeGreaterThan(0);
  });
});

describe('one seat', () => {
  test('32 buyers, one of them gets it, repeatedly', async () => {
    const { world, crowd } = await openRace();
    const { event } = await eventOnSale(world.platform, { seats: 20 });
    for (let place = 0; place < 10; place++) {
      const answers = await race(crowd.slice(0, 32), ({ client }) =>
        reserve(client, event, { places: [place] }),
      );
      expect(tally(answers)).toEqual({ TicketsReserved: 1, TicketsUnavailable: 31 });
    }
    expect(await audit(world.platform.db)).toEqual([]);
  });
});

test.each([
  ['with Redis', undefined],
  ['without', null],
])('buyers who select the same seats in opposite orders do not deadlock, %s', async (_how, redisUrl) => {
  const { world, crowd } = await openRace(redisUrl);
  const { event } = await eventOnSale(world.platform, { seats: SEATS }, { ticketLimit: 100 });
  for (const first of [0, 8, 16, 24]) {
    const there = Array.from({ length: 8 }, (_, index) => first + index);
    const back = there.toReversed();
    const answers = await race(crowd.slice(0, 40), ({ client }, index) =>
      reserve(client, event, { places: index % 2 === 0 ? there : back }),
    );
    expect(tally(answers)).toEqual({ TicketsReserved: 1, TicketsUnavailable: 39 });
  }
  expect(await metric(world, 'transactionRetries')).toBe(0);
  expect(await audit(world.platform.db)).toEqual([]);
});

test('the ticket limit holds against concurrent calls of one buyer', async () => {
  const { world, crowd } = await openRace();
  const { event } = await eventOnSale(world.platform, { seats: SEATS }, { ticketLimit: 5 });
  const client = crowd[0]!.client;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => reserve(client, event, { places: [2 * index, 2 * index + 1] })),
  );
  expect(tally(answers)).toEqual({ TicketsReserved: 2, TicketLimitExceeded: 18 });
  expect(await audit(world.platform.db)).toEqual([]);
});

/** Sum of a counter over all labels. */
async function metric(world: World, name: 'redisUnavailable' | 'transactionRetries'): Promise<number> {
  const { values } = await world.platform.metrics[name].get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

/** Number of scripts that Redis has run. */
async function scriptsRun(world: World): Promise<number> {
  const stats = await world.platform.redis.connection!.info('commandstats');
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}
