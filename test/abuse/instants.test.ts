import { sql } from 'drizzle-orm';
import { isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildSchema } from '../../src/app/schema.ts';
import { reportUnreadableEvents } from '../../src/catalog/index.ts';
import { encodeId, newId } from '../../src/platform/ids.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from '../catalog/seed.ts';
import { SEARCH } from '../search/fixture.ts';
import type { Client } from '../support/client.ts';
import { reserved } from '../support/holds.ts';
import { eventOnSale } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let admin: Client;
const lines: Record<string, unknown>[] = [];
beforeAll(async () => {
  const log = openLog('info', { write: (line) => void lines.push(JSON.parse(line) as never) });
  world = await openWorld({ log });
  admin = await world.as('ada', 'ADMIN');
});
afterAll(() => world[Symbol.asyncDispose]());

/** Instants that Postgres, its driver or `Date` cannot give back, or that RFC 3339 does not know. */
const REFUSED = [
  '0026-12-31T20:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '9999-12-31T23:59:59Z',
  '2016-12-31T23:59:60Z',
  '2026-12-31T24:00:00Z',
  '2026-12-31T20:00:00',
  '2026-12-31T20:00:00+15:00',
  '2026-02-30T20:00:00Z',
];

/** Paths of all DateTime inputs below a type. */
function instantPaths(
  type: GraphQLInputType,
  path: string[] = [],
  seen: GraphQLInputType[] = [],
): string[][] {
  if (isNonNullType(type) || isListType(type)) return instantPaths(type.ofType, path, seen);
  if (isInputObjectType(type) && !seen.includes(type)) {
    return Object.values(type.getFields()).flatMap((field) =>
      instantPaths(field.type, [...path, field.name], [...seen, type]),
    );
  }
  return String(type) === 'DateTime' ? [path] : [];
}

test('every DateTime of the schema refuses them, and names the field', async () => {
  const schema = await buildSchema();
  const inputs = (['query', 'mutation'] as const)
    .flatMap((kind) =>
      Object.values(schema.getRootType(kind as never)!.getFields()).map((field) => ({ kind, field })),
    )
    .flatMap(({ kind, field }) =>
      field.args.map(({ name, type }) => ({
        operation: `${kind} ($input: ${String(type)}) { ${field.name}(${name}: $input) { __typename } }`,
        paths: instantPaths(type),
      })),
    )
    .filter(({ paths }) => paths.length > 0);
  expect(inputs.flatMap(({ paths }) => paths).length).toBeGreaterThanOrEqual(12);
  for (const { operation, paths } of inputs) {
    for (const path of paths) {
      for (const value of REFUSED) {
        const input = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
        const { data, errors } = await admin.send(operation, { input });
        const named = errors.find(({ message }) => message.includes(`at "input.${path.join('.')}"`));
        expect([data, named?.extensions['code']], `${operation} ${path.join('.')}: ${value}`).toEqual([
          null,
          'BAD_USER_INPUT',
        ]);
      }
    }
  }
});

test.each(REFUSED)('a literal %s is refused', async (value) => {
  for (const query of [
    `{ searchEvents(input: { dates: { from: "${value}" } }) { totalCount } }`,
    `{ events(filter: { startsBefore: "${value}" }) { nodes { id } } }`,
  ]) {
    const { data, errors } = await world.stranger.send(query);
    expect([data, errors[0]?.extensions['code']]).toEqual([null, 'GRAPHQL_VALIDATION_FAILED']);
  }
});

test('numbers are no instants', async () => {
  const { errors } = await world.stranger.send(SEARCH, { input: { dates: { from: 1_800_000_000_000 } } });
  expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

test.each([
  ['before 1900', Date.parse('0026-01-01')],
  ['after 9998', Date.parse('9999-06-01')],
])('a cursor with an instant %s is no cursor', async (_what, ms) => {
  const { events } = await world.stranger
    .send('query ($after: String) { events(after: $after) { nodes { id } } }', {
      after: Buffer.from(JSON.stringify([ms, newId()])).toString('base64url'),
    })
    .then(({ errors }) => ({ events: errors.map(({ extensions }) => extensions['argument']) }));
  expect(events).toEqual(['after']);
});

describe('a row that another program wrote', () => {
  const TIMES = [
    'infinity',
    '-infinity',
    '20000-01-01 00:00:00+00',
    '0044-03-15 12:00:00+00 BC',
    '0026-11-30 20:00:00+00',
  ];
  let venueId: string;
  let performerId: string;
  let good: string;

  beforeAll(async () => {
    const { db } = world.platform;
    venueId = await seedVenue(db);
    performerId = await seedPerformer(db, 'Band');
    const at = { venueId, category: 'planted' };
    good = encodeId('Event', await seedEvent(db, 'Planted well', at, [performerId]));
    for (const [index, time] of TIMES.entries()) {
      const start = await seedEvent(db, `Planted start ${index}`, at, [performerId]);
      await db.execute(
        sql`update events set starts_at = ${time}::timestamptz, ends_at = null where id = ${start}`,
      );
      const sale = await seedEvent(db, `Planted sale ${index}`, { ...at, startsAt: inDays(20 + index) }, [
        performerId,
      ]);
      await db.execute(sql`
        update events set sale_starts_at = ${time}::timestamptz, sale_ends_at = ${time}::timestamptz where id = ${sale}`);
      const zone = await seedEvent(db, `Planted zone ${index}`, { ...at, startsAt: inDays(30 + index) }, [
        performerId,
      ]);
      await db.execute(sql`update events set timezone = 'Mars/Olympus' where id = ${zone}`);
    }
    for (const time of ['infinity', '20000-01-01 00:00:00+00']) {
      const end = await seedEvent(db, `Planted end ${time}`, { ...at, startsAt: inDays(40) }, [performerId]);
      await db.execute(sql`update events set ends_at = ${time}::timestamptz where id = ${end}`);
    }
  });

  const EVENT =
    'id name startsAt startsAtLocal endsAt endsAtLocal saleStartsAt saleStartsAtLocal saleEndsAt saleEndsAtLocal cancellationEndsAt cancellationEndsAtLocal';
  const expectGoodRows = (nodes: { name: string }[]) => {
    expect(nodes[0]).toMatchObject({ id: good });
    expect(
      nodes.map(({ name }) => name.replace(/ \S*( .*)?$/, '')).filter((name) => name === 'Planted'),
    ).toHaveLength(nodes.length);
    expect(nodes).toHaveLength(1 + 2 * TIMES.length + 2); // all but those without a start
  };

  test.each([1, 4, 100])('does not take the others with it from a list in pages of %i', async (first) => {
    const nodes = [];
    for (let after: string | null = null, pages = 0; pages < 30; pages++) {
      const { events }: Record<string, any> = await world.stranger.ask(
        `query ($after: String, $first: Int) { events(first: $first, after: $after, filter: { category: "planted" }) {
          nodes { ${EVENT} } pageInfo { hasNextPage endCursor } } }`,
        { after, first },
      );
      nodes.push(...events.nodes);
      if (!events.pageInfo.hasNextPage) break;
      after = events.pageInfo.endCursor;
    }
    expectGoodRows(nodes);
  });

  test('does not take the others with it from the lists of its Venue and Performer', async () => {
    const { venue, performer } = await world.stranger.ask(
      `query ($venue: ID!, $performer: ID!) {
        venue(id: $venue) { events(first: 100) { nodes { ${EVENT} } } }
        performer(id: $performer) { events(first: 100) { nodes { ${EVENT} } } } }`,
      { venue: encodeId('Venue', venueId), performer: encodeId('Performer', performerId) },
    );
    expectGoodRows(venue.events.nodes);
    expectGoodRows(performer.events.nodes);
  });

  test.each([
    { category: 'planted' },
    { category: 'planted', term: 'planted' },
    { category: 'planted', term: 'planted', sort: 'DATE' },
    { category: 'planted', sort: 'DISTANCE', near: { latitude: 52.516, longitude: 13.229 } },
  ])('does not take the others with it from a search: %j', async (input) => {
    const { searchEvents } = await world.stranger.ask(
      `query ($input: SearchEventsInput!) { searchEvents(input: $input, first: 100) { totalCount nodes { ${EVENT} } } }`,
      { input },
    );
    expect(searchEvents.totalCount).toBe(searchEvents.nodes.length);
    expect(searchEvents.nodes.map(({ id }: { id: string }) => id)).toContain(good);
    expect(searchEvents.nodes).toHaveLength(1 + 2 * TIMES.length + 2);
  });

  test('does not take the others with it from what a buyer holds', async () => {
    const ana = await world.as('ana');
    const events = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
    for (const { event } of events) await reserved(ana, event, { places: [0] });
    await world.platform.db.execute(
      sql`update events set starts_at = '20000-01-01' where id = ${events[0]!.id}`,
    );

    const { viewer } = await ana.ask(`{ viewer { reservations { nodes { status event { ${EVENT} } } } } }`);
    expect(viewer.reservations.nodes).toMatchObject([
      { event: { id: events[1]!.event } },
      { event: { id: events[0]!.event, startsAt: '9998-12-31T23:59:59.999Z' } },
    ]);
  });

  test('raises an alarm, also where it is skipped', async () => {
    const alarms = async () =>
      (await world.platform.metrics.alarms.get()).values.find(
        ({ labels }) => labels.alarm === 'unreadable-value',
      )?.value ?? 0;
    const before = await alarms();
    await reportUnreadableEvents(world.platform.db);

    expect((await alarms()) - before).toBeGreaterThanOrEqual(TIMES.length);
    const logged = lines.filter(({ alarm }) => alarm === 'unreadable-value').map(({ column }) => column);
    expect(new Set(logged)).toEqual(
      new Set(['starts_at', 'ends_at', 'sale_starts_at', 'sale_ends_at', 'timezone']),
    );
    expect(lines.filter(({ level, alarm }) => Number(level) >= 50 && alarm === undefined)).toEqual([]);
  });
});
