import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Role } from '../../src/platform/auth/viewer.ts';
import { encodeId } from '../../src/platform/ids.ts';
import { openWorld, type World } from '../support/world.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from './seed.ts';

let world: World;
let venue: string;
let performer: string;
let draft: string;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const venueId = await seedVenue(db);
  const performerId = await seedPerformer(db, 'Secret Act');
  [venue, performer] = [encodeId('Venue', venueId), encodeId('Performer', performerId)];
  await seedEvent(db, 'public', { venueId, organiserId: 'olga', startsAt: inDays(1) }, [performerId]);
  const id = await seedEvent(
    db,
    'draft',
    { venueId, organiserId: 'olga', startsAt: inDays(2), status: 'DRAFT' },
    [performerId],
  );
  draft = encodeId('Event', id);
});
afterAll(() => world[Symbol.asyncDispose]());

const EVERYWHERE = `query ($draft: ID!, $venue: ID!, $performer: ID!) {
  event(id: $draft) { name }
  node(id: $draft) { ... on Event { name } }
  nodes(ids: [$draft]) { ... on Event { name } }
  events { nodes { name } }
  venue(id: $venue) { events { nodes { name } } }
  performer(id: $performer) { events { nodes { name } } }
  searchEvents(input: { term: "secret" }) { totalCount nodes { name } }
}`;

async function everywhere(viewer: [string, ...Role[]] | null) {
  const client = viewer === null ? world.stranger : await world.as(...viewer);
  const data = await client.ask(EVERYWHERE, { draft, venue, performer });
  const names = ({ nodes }: { nodes: { name: string }[] }) => nodes.map(({ name }) => name);
  return {
    byId: [data['event']?.name, data['node']?.name, data['nodes'][0]?.name],
    lists: [names(data['events']), names(data['venue'].events), names(data['performer'].events)],
    search: [data['searchEvents'].totalCount, ...names(data['searchEvents'])],
  };
}

describe('a draft', () => {
  test.each<[string, [string, ...Role[]] | null]>([
    ['a stranger', null],
    ['a fan', ['fred', 'FAN']],
    ['a fan who has the organiser’s name', ['olga', 'FAN']],
    ['another organiser', ['otto', 'ORGANISER']],
    ['a gate', ['olga', 'GATE']],
    ['a partner', ['olga', 'PARTNER']],
  ])('is hidden from %s, everywhere', async (_role, viewer) => {
    expect(await everywhere(viewer)).toEqual({
      byId: [undefined, undefined, undefined],
      lists: [['public'], ['public'], ['public']],
      search: [1, 'public'],
    });
  });

  test.each<[string, [string, ...Role[]]]>([
    ['its organiser', ['olga', 'ORGANISER']],
    ['an admin', ['adam', 'ADMIN']],
  ])('is shown to %s, but not found by searching', async (_role, viewer) => {
    const both = ['public', 'draft'];
    expect(await everywhere(viewer)).toEqual({
      byId: ['draft', 'draft', 'draft'],
      lists: [both, both, both],
      search: [1, 'public'],
    });
  });

  test('makes a response private that contains it, as a list of own Events is', async () => {
    const olga = await world.as('olga', 'ORGANISER');
    const asked = [
      ['query ($draft: ID!) { event(id: $draft) { name } }', { draft }],
      ['{ events { nodes { name } } }', {}],
      ['query ($venue: ID!) { venue(id: $venue) { events { nodes { name } } } }', { venue }],
    ] as const;
    for (const [query, variables] of asked) {
      expect((await olga.send(query, variables)).headers.get('cache-control')).toBe('no-store');
    }
    const otto = await world.as('otto', 'ORGANISER');
    const none = await otto.send('{ events(filter: { mine: true }) { nodes { name } } }');
    expect(none.headers.get('cache-control')).toBe('no-store');
    const open = await world.stranger.send('{ events { nodes { name } } }');
    expect(open.headers.get('cache-control')).toBe('max-age=10, public');
  });
});

describe('events(filter: { mine: true })', () => {
  const MINE = '{ events(filter: { mine: true }) { nodes { name } } }';

  test('lists the organiser’s own Events, including drafts', async () => {
    const olga = await world.as('olga', 'ORGANISER');
    const otto = await world.as('otto', 'ORGANISER');

    expect(await olga.ask(MINE)).toEqual({ events: { nodes: [{ name: 'public' }, { name: 'draft' }] } });
    expect(await otto.ask(MINE)).toEqual({ events: { nodes: [] } });
  });

  test('requires a token', async () => {
    const { data, errors } = await world.stranger.send(MINE);

    expect(data).toBeNull();
    expect(errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    const notMine = '{ events(filter: { mine: false }) { nodes { name } } }';
    expect(await world.stranger.ask(notMine)).toEqual({ events: { nodes: [{ name: 'public' }] } });
  });
});

describe('organiser mutations', () => {
  const CALLS = [
    ['createVenue', '{ venue: {} }'],
    ['updateVenue', '{ id: "", venue: {} }'],
    ['createPerformer', '{ performer: {} }'],
    ['updatePerformer', '{ id: "", performer: {} }'],
    ['createSeatingPlan', '{ venue: "", name: "", source: { generate: {} } }'],
    ['updateSeatingPlan', '{ id: "", source: { generate: {} } }'],
    ['createEvent', '{ event: {} }'],
    ['updateEvent', '{ id: "", event: {} }'],
  ] as const;

  test.each(CALLS)('%s is for organisers and admins', async (name, input) => {
    const mutation = `mutation { ${name}(input: ${input}) { __typename } }`;
    const code = async (client: typeof world.stranger) =>
      (await client.send(mutation)).errors.map(({ extensions }) => extensions['code']);

    expect(await code(world.stranger)).toEqual(['UNAUTHENTICATED']);
    expect(await code(await world.as('fred', 'FAN', 'GATE', 'PARTNER'))).toEqual(['FORBIDDEN']);
    expect(await code(await world.as('olga', 'ORGANISER'))).toEqual([]);
    expect(await code(await world.as('adam', 'ADMIN'))).toEqual([]);
  });
});
