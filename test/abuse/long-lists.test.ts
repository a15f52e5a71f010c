import { afterAll, beforeAll, expect, test } from 'vitest';

import { openLog } from '../../src/platform/telemetry/log.ts';
import { openClient } from '../support/client.ts';
import { eventOnSale } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';

/** More than the 65,535 parameters that a statement of Postgres can have. */
const MANY = 70_000;

const lines: string[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ log: openLog('warn', { write: (line) => void lines.push(line) }) });
});
afterAll(() => world[Symbol.asyncDispose]());

test('a filter that repeats its values is the filter with each of them once', async () => {
  const { event } = await eventOnSale(world.platform);
  const organiser = openClient(world.url, await world.token('olga', 'ORGANISER')); // may send 5 MB
  const repeated = (status: string) => Array<string>(MANY).fill(status);
  const events = await organiser.ask(
    'query ($status: [EventStatus!]) { events(filter: { status: $status }) { nodes { id } } }',
    { status: repeated('ON_SALE') },
  );
  expect(events).toEqual({ events: { nodes: [{ id: event }] } });
  const reservations = await organiser.ask(
    'query ($status: [ReservationStatus!]) { viewer { reservations(status: $status) { nodes { id } } } }',
    { status: repeated('HELD') },
  );
  expect(reservations).toEqual({ viewer: { reservations: { nodes: [] } } });
  expect(lines).toEqual([]);
});

test('a list of bad values is answered with its first hundred problems', async () => {
  const { event } = await eventOnSale(world.platform);
  const ana = await world.as('ana');
  const answer = await ana.mutate(
    'reserveBestAvailable',
    { event, quantity: 2, tiers: Array<number>(20_000).fill(99), idempotencyKey: 'k' },
    '... on InvalidInput { problems { path } }',
  );
  expect(answer.problems).toHaveLength(100);
  expect(answer.message).toMatch(
    /^Nothing was changed: `tiers\.0` is not a tier of this Event \(and at least 100 more\)\.$/,
  );
});
