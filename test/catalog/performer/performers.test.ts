import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { decodeIdOf, encodeId, newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedEvent, seedPerformer } from '../seed.ts';

let world: World;
let olga: Client;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as('olga', 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const FIELDS = 'performer { id name kind genre role countryCode }';
const selection = (success: string) =>
  `... on ${success} { ${FIELDS} } ... on InvalidInput { problems { path message } }`;
const create = (performer: object) =>
  olga.mutate('createPerformer', { performer }, selection('PerformerCreated'));
const update = (client: Client, id: string, performer: object) =>
  client.mutate('updatePerformer', { id, performer }, selection('PerformerUpdated'));

describe('createPerformer', () => {
  test('creates a Performer from the required fields, or from all fields', async () => {
    const least = { name: 'Björk', kind: 'person' };
    expect(await create(least)).toEqual({
      __typename: 'PerformerCreated',
      performer: { id: expect.stringMatching(/^prf_/), ...least, genre: null, role: null, countryCode: null },
    });
    const whole = { ...least, genre: 'Pop', role: 'voice', countryCode: 'IS' };
    expect(await create(whole)).toMatchObject({ performer: whole });
  });

  test('lists all problems at once', async () => {
    expect((await create({})).problems).toEqual([
      { path: ['performer', 'name'], message: 'is required' },
      { path: ['performer', 'kind'], message: 'is required' },
    ]);
    const wrong = {
      name: 'x'.repeat(201),
      kind: '',
      genre: ' ',
      role: 'x'.repeat(101),
      countryCode: 'Iceland',
    };
    expect((await create(wrong)).problems.map(({ path }: { path: string[] }) => path[1])).toEqual([
      'name',
      'kind',
      'genre',
      'role',
      'countryCode',
    ]);
  });
});

test('a name of few characters that are too large is refused for its size', async () => {
  const KISS = '👩🏽‍❤️‍💋‍👨🏽'; // 35 bytes
  expect((await create({ name: KISS.repeat(200), kind: 'band' })).problems).toEqual([
    {
      path: ['performer', 'name'],
      message: expect.stringMatching(/^must have at most 4,000 bytes, and has 7,000/),
    },
  ]);
});

describe('updatePerformer', () => {
  test('changes the given fields, clears those given as null, and is found by the new name at once', async () => {
    const { performer } = await create({ name: 'Prince', kind: 'person', genre: 'Funk', role: 'guitar' });
    const performerId = decodeIdOf('Performer', performer.id)!.id;
    const event = encodeId('Event', await seedEvent(world.platform.db, 'Purple Night', {}, [performerId]));

    expect(await update(olga, performer.id, { name: 'Símbolo', genre: null })).toEqual({
      __typename: 'PerformerUpdated',
      performer: { ...performer, name: 'Símbolo', genre: null },
    });
    const search = 'query ($term: String) { searchEvents(input: { term: $term }) { nodes { id } } }';
    expect(await world.stranger.ask(search, { term: 'simbolo' })).toEqual({
      searchEvents: { nodes: [{ id: event }] },
    });
    expect(await world.stranger.ask(search, { term: 'prince' })).toEqual({ searchEvents: { nodes: [] } });
  });

  test('refuses null for required fields', async () => {
    const { performer } = await create({ name: 'Cher', kind: 'person' });

    expect((await update(olga, performer.id, { name: null, kind: null, role: '' })).problems).toEqual([
      { path: ['performer', 'name'], message: 'cannot be null' },
      { path: ['performer', 'kind'], message: 'cannot be null' },
      { path: ['performer', 'role'], message: 'must have 1 to 100 characters' },
    ]);
  });

  test('does not find a Performer of another organiser', async () => {
    const otto = await world.as('otto', 'ORGANISER');
    const { performer } = await create({ name: 'Mine', kind: 'band' });
    const open = encodeId('Performer', await seedPerformer(world.platform.db, 'Public Act'));

    for (const id of [performer.id, open, encodeId('Performer', newId()), encodeId('Venue', newId()), '']) {
      expect(await update(otto, id, { name: 'Taken over' })).toEqual({
        __typename: 'PerformerNotFound',
        message: 'There is no such Performer, or it is another organiser’s.',
      });
    }
    const admin = await world.as('adam', 'ADMIN');
    expect(await update(admin, open, { name: 'Renamed Act' })).toMatchObject({
      performer: { name: 'Renamed Act' },
    });
  });
});
