import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { reserveTickets } from '../../../src/booking/reserve/reserve-tickets.ts';
import { ALL_SAFETY_SWITCHES, type SafetySwitches } from '../../../src/booking/reserve/safety-switches.ts';
import type { TicketSelectionInput } from '../../../src/generated/graphql.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import { overlappingGroups, race, tally } from '../../support/race.ts';
import { eventOnSale, viewerOf } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

// Control tests: the races and the auditor detect a missing safeguard. Without Redis, so that nothing else serialises the
// buyers.

const BUYERS = 200;
const GROUPS = 20;
const SEATS = 40;
/** Attempts at a race that fails only sometimes; in practice the first is enough. */
const ROUNDS = 10;

let world: World;
beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
  await recordTickets(world.platform.db);
});
afterAll(() => world[Symbol.asyncDispose]());

const crowd = Array.from({ length: BUYERS }, (_, index) => viewerOf(`buyer-${index}`));
const buy = (buyer: number, event: string, selection: TicketSelectionInput, switches: SafetySwitches) =>
  reserveTickets(
    world.platform,
    crowd[buyer]!,
    { event, selection, idempotencyKey: randomUUID() },
    { switches },
  );

/** Race for overlapping groups of seats with these switches; returns the auditor’s findings. */
async function raceForGroups(switches: SafetySwitches, seed: number): Promise<string[]> {
  const { id, event } = await eventOnSale(world.platform, { seats: SEATS });
  const groups = overlappingGroups(GROUPS, SEATS, seed);
  await race(asBuyers(BUYERS), (_buyer, index) =>
    buy(index, event, { places: groups[index % GROUPS]! }, switches),
  );
  return findings(id);
}

/** Findings at this Event: other Events were left inconsistent on purpose. */
async function findings(eventId: string): Promise<string[]> {
  return (await audit(world.platform.db)).filter((finding) => finding.includes(eventId));
}

async function untilFound(rule: string, once: (round: number) => Promise<string[]>): Promise<string[]> {
  for (let round = 1; round < ROUNDS; round++) {
    const found = await once(round);
    if (found.some((finding) => finding.startsWith(rule))) return found;
  }
  return once(ROUNDS);
}

describe('seats', () => {
  test('are sold twice without row locks and guarded update, and the auditor detects it', async () => {
    const switches = { ...ALL_SAFETY_SWITCHES, rowLocks: false, guardedUpdate: false };
    const found = await untilFound('I1', (round) => raceForGroups(switches, round));
    expect(found).toContainEqual(expect.stringContaining('I1: two Reservations have the same place'));
    expect(found).toContainEqual(expect.stringContaining('I1: a hold was taken away before its time'));
  });

  test.each([
    ['the guarded update alone', { ...ALL_SAFETY_SWITCHES, rowLocks: false }],
    ['the row locks alone', { ...ALL_SAFETY_SWITCHES, guardedUpdate: false }],
    ['all safeguards', ALL_SAFETY_SWITCHES],
  ])('are not sold twice with %s', async (_which, switches) => {
    for (const seed of [1, 2, 3]) expect(await raceForGroups(switches, seed)).toEqual([]);
  });
});

describe('general admission', () => {
  const floor = { generalAdmission: [{ area: 'floor', quantity: 2 }] };

  test('is sold twice without row locks and guarded update, and the auditor detects it', async () => {
    const switches = { ...ALL_SAFETY_SWITCHES, rowLocks: false, guardedUpdate: false };
    const found = await untilFound('I1', async () => {
      const { id, event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 50 }] });
      await race(asBuyers(64), (_buyer, index) => buy(index, event, floor, switches));
      return findings(id);
    });
    expect(found).toContainEqual(expect.stringContaining('I1: two Reservations have the same place'));
  });
});

describe('one buyer', () => {
  const race20 = async (switches: SafetySwitches) => {
    const { id, event } = await eventOnSale(world.platform, { seats: SEATS }, { ticketLimit: 4 });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, place) => buy(0, event, { places: [place] }, switches))); // prettier-ignore
    return { answers, found: await findings(id) };
  };

  test('exceeds the limit without the buyer lock, and the auditor detects it', async () => {
    const switches = { ...ALL_SAFETY_SWITCHES, buyerLock: false };
    const found = await untilFound('limit', async () => (await race20(switches)).found);
    expect(found).toContainEqual(
      expect.stringContaining('limit: a buyer has more tickets than the Event allows'),
    );
  });

  test('does not exceed it with the lock', async () => {
    const { answers, found } = await race20(ALL_SAFETY_SWITCHES);
    expect(found).toEqual([]);
    expect(tally(answers)).toEqual({ TicketsReserved: 4, TicketLimitExceeded: 16 });
  });
});

/** The race calls the use case directly; no other path reaches the switches. */
const asBuyers = (count: number) =>
  crowd.slice(0, count).map((viewer) => ({ viewer, client: world.stranger }));
