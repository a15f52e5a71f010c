import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { FieldCounter } from '../../../src/app/graphql/response-size.ts';
import { buildSchema } from '../../../src/app/schema.ts';
import { seatingPlans } from '../../../src/catalog/index.ts';
import { encodeId, newId } from '../../../src/platform/ids.ts';
import { numberPlaces } from '../../../src/seating-plan/number-places.ts';
import { seedEvent, seedPerformer, seedPlan, seedVenue } from '../../catalog/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
const opened = new AsyncDisposableStack();
beforeAll(async () => void (world = opened.use(await openWorld())));
afterAll(() => opened.disposeAsync());

/** Insert a plan of sections with rows of seats. */
async function seedLargePlan(sections: number, rows: number, seats: number): Promise<string> {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const layout = numberPlaces({
    name: 'Large',
    width: 100,
    height: 100,
    stage: { x: 50, y: 0, label: 'Stage' },
    categories: ['All'],
    sections: numbers(sections).map((section) => ({
      kind: 'SEATED' as const,
      key: `s${section}`,
      name: `Section ${section}`,
      level: '',
      rows: numbers(rows).map((row) => ({
        label: `${row}`,
        category: 0,
        seats: numbers(seats).map(String),
        x: numbers(seats),
        y: numbers(seats),
        accessible: [],
      })),
    })),
  });
  const [id, venueId] = [newId(), await seedVenue(world.platform.db)];
  const { places } = layout;
  await world.platform.db
    .insert(seatingPlans)
    .values({ id, venueId, name: 'Large', version: 1, places, layout, fingerprint: id });
  return encodeId('SeatingPlan', id);
}

const DRAWN = `sections { key name level firstPlace places ... on SeatedSection {
  rows { label category firstPlace seats x y accessible } } }`;

describe('lists that hold more than the cost assumes', () => {
  test('a plan of 100,000 places is drawn in full', async () => {
    const id = await seedLargePlan(100, 50, 20);
    const { node } = await world.stranger.ask(`{ node(id: "${id}") { ... on SeatingPlan { ${DRAWN} } } }`);
    expect(node.sections.flatMap(({ rows }: any) => rows.flatMap(({ seats }: any) => seats))).toHaveLength(
      100_000,
    );
  });

  test('20,000 sections of one seat are refused with that error alone', async () => {
    const id = await seedLargePlan(20_000, 1, 1);
    const { status, data, errors } = await world.stranger.send(
      `{ node(id: "${id}") { ... on SeatingPlan { ${DRAWN} } } }`,
    );
    expect([status, data]).toEqual([400, null]);
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          what: 'fields',
          limit: 100_000,
          requestId: expect.any(String),
        },
      },
    ]);
  });

  test('Performers of festivals below each other are refused', async () => {
    const { db } = world.platform;
    const lineup = await Promise.all(Array.from({ length: 60 }, (_, n) => seedPerformer(db, `Act ${n}`)));
    for (let n = 0; n < 5; n++) await seedEvent(db, `Festival ${n}`, { city: 'Roskilde' }, lineup);
    const query = (size: number) => `{ events(filter: { city: "Roskilde" }, first: 5) { nodes { performers {
      events(first: ${size}) { nodes { performers { id name } } } } } } }`;
    const { errors } = await world.stranger.send(query(3));
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'fields' } }]);
    expect((await world.stranger.send(query(1))).errors).toEqual([]);
  });
});

test('many plans of one Venue below each other are refused before execution, and a Venue lists the newest 20', async () => {
  const { db } = world.platform;
  const venueId = await seedVenue(db);
  for (let n = 0; n < 25; n++) await seedPlan(db, venueId, `Plan ${String((n * 7) % 25).padStart(2, '0')}`);
  const id = encodeId('Venue', venueId);
  const { venue } = await world.stranger.ask(`{ venue(id: "${id}") { seatingPlans { name } } }`);
  const expected = Array.from(
    { length: 20 },
    (_, n) => `Plan ${String(((n + 5) * 7) % 25).padStart(2, '0')}`,
  );
  expect(venue.seatingPlans.map(({ name }: { name: string }) => name)).toEqual(expected.toSorted());
  const { errors } = await world.stranger.send(
    `{ venue(id: "${id}") { seatingPlans { venue { seatingPlans { venue { seatingPlans { venue { seatingPlans { id } } } } } } } } }`,
  );
  expect(errors).toMatchObject([
    { extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'cost', limit: 5_000 } },
  ]);
});

test('an explicit null for a variable with a default costs what it delivers', async () => {
  const nested = `events(first: $n) { nodes { venue { events(first: $n) { nodes { venue { events(first: $n) { nodes {
    id } } } } } } } }`;
  const { errors } = await world.stranger.send(`query ($n: Int = 0) { ${nested} }`, { n: null });
  expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'cost' } }]);
});

describe('execution', () => {
  const ids = Array.from({ length: 3 }, () => 'x');
  /** Execute a list of nulls, then another. */
  async function run(signal: AbortSignal, cost: number) {
    const responseSize = new FieldCounter({ cost }, signal);
    const { data, errors } = await graphql({
      schema: await buildSchema(),
      source:
        'query ($ids: [ID!]!) { a: __typename nodes(ids: $ids) { a: id b: id ...f } b: nodes(ids: $ids) { id } } fragment f on Node { c: id }',
      variableValues: { ids },
      contextValue: { responseSize, viewer: null },
    });
    return { data, errors, responseSize };
  }

  test('counts each field of each item, fragments included', async () => {
    const limit = 20; // cost 1
    expect((await run(AbortSignal.timeout(60_000), 1)).errors).toBeUndefined(); // 12 fields
    ids.push(...ids, ...ids.slice(0, 3)); // 27 fields
    const { errors, responseSize } = await run(AbortSignal.timeout(60_000), 1);
    expect(errors).toMatchObject([{ extensions: { what: 'fields', limit, measured: 27 } }]);
    expect(responseSize.isTooLarge).toBe(true);
  });

  test('stops at the first list once the client has hung up, and reports it once', async () => {
    const { errors, responseSize } = await run(AbortSignal.abort(), 5_000);
    expect(errors).toMatchObject([{ message: 'The client closed the connection before it was answered.' }]);
    expect(responseSize.isTooLarge).toBe(false);
  });
});
