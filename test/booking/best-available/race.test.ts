import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { chooseBest } from '../../../src/booking/best-available/choose-best.ts';
import { chartOf } from '../../../src/booking/seats/seat-chart.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { drawnOnSale } from '../../support/drawn-venue.ts';
import { reserve, reserveBest } from '../../support/holds.ts';
import { race, randomNumbers, tally } from '../../support/race.ts';
import { buyers, eventOnSale, type Buyer, type SeededEvent } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

const BUYERS = 200;

let opened: AsyncDisposableStack;
beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

/** Servers that share one database, as in production; buyers are assigned round robin. */
async function openCrowd(servers: number, redisUrl?: null): Promise<{ world: World; crowd: Buyer[] }> {
  const redis = redisUrl === undefined ? {} : { redisUrl };
  const environment = { REDIS_KEY_PREFIX: `crowd-${process.hrtime.bigint()}:` };
  const world = opened.use(await openWorld({ ...redis, environment }));
  await recordTickets(world.platform.db);
  const worlds = [world];
  while (worlds.length < servers) {
    worlds.push(opened.use(await openWorld({ ...redis, environment, databaseUrl: world.databaseUrl })));
  }
  const crowds = await Promise.all(worlds.map((one) => buyers(one, BUYERS)));
  return { world, crowd: Array.from({ length: BUYERS }, (_, index) => crowds[index % servers]![index]!) };
}

/** Free places after the race, read from the database. */
async function freeAt({ platform }: World, { id, layout }: SeededEvent): Promise<Uint8Array> {
  const rows = await platform.sql<{ place: number }[]>`
    select place from tickets where event_id = ${id} and status = 'AVAILABLE'`;
  const free = new Uint8Array(layout.places);
  for (const { place } of rows) free[place] = 1;
  return free;
}

/** All buyers reserve at once; no buyer may be refused a quantity that is still available afterwards. */
async function raceForBest(
  { world, crowd }: { world: World; crowd: Buyer[] },
  seeded: SeededEvent,
  quantityOf: (index: number) => number,
  submit: (client: Client, event: string, quantity: number) => Promise<any> = reserveBest,
) {
  const answers = await race(crowd, ({ client }, index) => submit(client, seeded.event, quantityOf(index)));
  expect(await audit(world.platform.db)).toEqual([]);
  const free = await freeAt(world, seeded);
  const held = new Set<number>();
  answers.forEach((answer, index) => {
    const quantity = quantityOf(index);
    if (answer.__typename === 'TicketsReserved') {
      const places = answer.reservation.tickets.map(({ place }: { place: number }) => place);
      expect(places).toHaveLength(quantity);
      for (const place of places) {
        expect(held.has(place), `place ${place} went to two buyers`).toBe(false);
        held.add(place);
      }
      return;
    }
    expect(answer).toMatchObject({ __typename: 'NoSeatsTogether' });
    expect(answer.together).toBeLessThan(quantity);
    const criteria = { quantity, tiers: null, sections: null, accessible: 0 };
    const options = { orphanRule: false, pickFrom: 1, random: () => 0 };
    const left = chooseBest(chartOf(seeded.layout), free, criteria, options);
    expect(left, `${quantity} were refused, and left in the end`).toBeNull();
  });
  expect(free.filter((state) => state === 0)).toHaveLength(held.size); // and none for refused buyers
  return { answers, free };
}

describe.each([
  ['one server', 1, undefined],
  ['three servers', 3, undefined],
  ['three servers without Redis', 3, null],
] as const)('%s', (_which, servers, redisUrl) => {
  test(`${BUYERS} concurrent groups of 2 to 6 in a venue of 2,000 seats: all of them sit side by side`, async () => {
    const contest = await openCrowd(servers, redisUrl);
    const below = randomNumbers(servers);
    const groups = Array.from({ length: BUYERS }, () => 2 + below(5));
    const seeded = await eventOnSale(contest.world.platform, { seats: 2_000 });
    const { answers } = await raceForBest(contest, seeded, (index) => groups[index]!);
    expect(tally(answers)).toEqual({ TicketsReserved: BUYERS });
    for (const { reservation } of answers) {
      const { tickets } = reservation;
      expect(tickets.at(-1).place - tickets[0].place).toBe(tickets.length - 1);
      expect(new Set(tickets.map(({ row }: any) => row)).size).toBe(1);
    }
    expect(await metric(contest.world, 'transactionRetries')).toBe(0); // no deadlock
  });

  test('with half as many seats as requested: the venue sells out, and no buyer is refused seats that are left', async () => {
    const contest = await openCrowd(servers, redisUrl);
    const below = randomNumbers(servers + 10);
    const groups = Array.from({ length: BUYERS }, () => 2 + below(5));
    const seeded = await eventOnSale(contest.world.platform, { seats: 400 }, { orphanRule: servers === 3 });
    const { answers, free } = await raceForBest(contest, seeded, (index) => groups[index]!);
    expect(tally(answers)['NoSeatsTogether']).toBeGreaterThan(0);
    expect(free.filter((state) => state === 1).length).toBeLessThan(2); // groups of two were served to the end
  });

  test('together with buyers who select seats themselves', async () => {
    const contest = await openCrowd(servers, redisUrl);
    const seeded = await eventOnSale(contest.world.platform, { seats: 300 });
    const below = randomNumbers(servers + 20);
    const requests = Array.from({ length: BUYERS }, () => ({
      first: below(300),
      selectsSeats: below(3) === 0,
    }));
    const answers = await race(contest.crowd, ({ client }, index) => {
      const { first, selectsSeats } = requests[index]!;
      return selectsSeats
        ? reserve(client, seeded.event, { places: [first] })
        : reserveBest(client, seeded.event, 2);
    });
    expect(await audit(contest.world.platform.db)).toEqual([]);
    const free = await freeAt(contest.world, seeded);
    answers.forEach((answer, index) => {
      const { first, selectsSeats } = requests[index]!;
      if (answer.__typename === 'TicketsUnavailable') expect(free[first]).toBe(0);
      else if (selectsSeats) expect(answer.__typename).toBe('TicketsReserved');
      else if (answer.__typename !== 'TicketsReserved') expect(free.filter((state) => state === 1).length).toBeLessThan(2); // prettier-ignore
    });
  });
});

test('general-admission areas sell out to the last place', async () => {
  const contest = await openCrowd(2);
  const seeded = await eventOnSale(contest.world.platform, { areas: [{ key: 'floor', places: 99 }] });
  const { answers, free } = await raceForBest(contest, seeded, () => 2);
  expect(tally(answers)).toEqual({ TicketsReserved: 49, NoSeatsTogether: BUYERS - 49 });
  expect(free.filter((state) => state === 1)).toHaveLength(1);
});

test('the last two seats are sold although other buyers are refused for other reasons', async () => {
  const { world, crowd } = await openCrowd(2);
  const seeded = await drawnOnSale(world.platform, { stalls: ['AA', 'AA'] }, { ticketLimit: 2 });
  const [ana] = crowd;
  await reserveBest(ana!.client, seeded.event, 2);
  // half of the calls are the first buyer's, who is at the ticket limit
  const answers = await Promise.all(
    crowd
      .slice(0, 40)
      .map(({ client }, index) => reserveBest(index % 2 ? client : ana!.client, seeded.event, 2)),
  );
  const counts = tally(answers);
  expect(counts['TicketsReserved']).toBe(1);
  expect((counts['TicketLimitExceeded'] ?? 0) + (counts['NoSeatsTogether'] ?? 0)).toBe(39);
  expect(await audit(world.platform.db)).toEqual([]);
});

/** Sum of a counter over all labels. */
async function metric(world: World, name: 'redisUnavailable' | 'transactionRetries'): Promise<number> {
  const { values } = await world.platform.metrics[name].get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
