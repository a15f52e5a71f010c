import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId, newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedPlan, seedVenue } from '../seed.ts';

let world: World;
let olga: Client;
let otto: Client;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as('olga', 'ORGANISER');
  otto = await world.as('otto', 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const FIELDS = `seatingPlan { id name version places width height stage { x y label } categories venue { id }
  sections { __typename key name level firstPlace places
    ... on SeatedSection { rows { label category firstPlace seats x y accessible } }
    ... on GeneralAdmissionArea { category outline } } }`;
const selection = (success: string) =>
  `... on ${success} { ${FIELDS} } ... on InvalidInput { problems { path message } }`;
const create = (input: object, client = olga) =>
  client.mutate('createSeatingPlan', input, selection('SeatingPlanCreated'));
const update = (input: object, client = olga) =>
  client.mutate('updateSeatingPlan', input, selection('SeatingPlanUpdated'));
const newVenue = async (columns: object = {}) =>
  encodeId('Venue', await seedVenue(world.platform.db, columns));

const ROW = { label: 'A', category: 0, seats: ['1', '2'], x: [10, 20], y: [40, 40] };
const SEATED = {
  key: 'stalls',
  name: 'Stalls',
  rows: [ROW, { ...ROW, label: 'B', y: [45, 45], accessible: [1, 0] }],
};
const FLOOR = {
  key: 'floor',
  name: 'Floor',
  level: 'Ground',
  places: 3,
  category: 1,
  outline: [0, 0, 9, 0, 9, 9],
};
const DRAWN = {
  ...{ width: 100, height: 50, stageX: 50, stageY: 0, categories: ['Dear', 'Cheap'] },
  sections: [{ seated: SEATED }, { generalAdmission: FLOOR }],
};

describe('createSeatingPlan', () => {
  test('numbers the places of a drawing', async () => {
    const venue = await newVenue();
    const answer = await create({ venue, name: ' Concert ', source: { layout: DRAWN } });

    expect(answer).toEqual({
      __typename: 'SeatingPlanCreated',
      seatingPlan: {
        id: expect.stringMatching(/^pln_/),
        ...{ name: 'Concert', version: 1, places: 7, width: 100, height: 50, venue: { id: venue } },
        stage: { x: 50, y: 0, label: 'Stage' },
        categories: ['Dear', 'Cheap'],
        sections: [
          {
            __typename: 'SeatedSection',
            ...{ key: 'stalls', name: 'Stalls', level: '', firstPlace: 0, places: 4 },
            rows: [
              { ...ROW, firstPlace: 0, accessible: [] },
              { ...ROW, label: 'B', y: [45, 45], firstPlace: 2, accessible: [0, 1] },
            ],
          },
          { __typename: 'GeneralAdmissionArea', ...FLOOR, firstPlace: 4 },
        ],
      },
    });
    const read = await world.stranger.ask(
      `query ($id: ID!) { venue(id: $id) { seatingPlans { id places } } }`,
      { id: venue },
    );
    expect(read).toEqual({ venue: { seatingPlans: [{ id: answer.seatingPlan.id, places: 7 }] } });
  });

  test('generates a plan for the Venue’s capacity, or for a given one', async () => {
    const venue = await newVenue({ kind: 'theatre', capacity: 300 });

    const usual = await create({ venue, name: 'Theatre', source: { generate: {} } });
    const small = await create({ venue, name: 'Chamber', source: { generate: { capacity: 80 } } });

    expect([usual.seatingPlan.places, small.seatingPlan.places]).toEqual([300, 80]);
    expect(small.seatingPlan).toMatchObject({ name: 'Chamber', version: 1, venue: { id: venue } });
    const last = usual.seatingPlan.sections.at(-1);
    expect(last.firstPlace + last.places).toBe(300);
  });

  test('lists the problems of a drawing, by path in the input', async () => {
    const venue = await newVenue();
    const { __typename, problems } = await create({
      venue,
      name: '',
      source: {
        layout: {
          ...DRAWN,
          ...{ stageX: 101, stageLabel: ' ', categories: ['Same', 'Same'] },
          sections: [
            { seated: { ...SEATED, key: 'no spaces', rows: [{ ...ROW, x: [10], category: 7 }] } },
            { generalAdmission: { ...FLOOR, places: 0, outline: [0, 0] } },
          ],
        },
      },
    });

    expect(__typename).toBe('InvalidInput');
    expect(problems.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'name',
      'source.layout.stageLabel',
      'source.layout.stageX',
      'source.layout.categories.1',
      'source.layout.sections.0.seated.key',
      'source.layout.sections.0.seated.rows.0.category',
      'source.layout.sections.0.seated.rows.0.x',
      'source.layout.sections.1.generalAdmission.places',
      'source.layout.sections.1.generalAdmission.outline',
    ]);
  });

  test('accepts at most 100,000 places', async () => {
    const venue = await newVenue({ kind: 'stadium' });
    const crowd = { generalAdmission: { ...FLOOR, places: 100_001 } };
    const drawn = await create({ venue, name: 'Drawn', source: { layout: { ...DRAWN, sections: [crowd] } } });
    const generated = await create({ venue, name: 'Made', source: { generate: { capacity: 100_001 } } });

    expect(drawn.problems).toEqual([
      { path: ['source', 'layout', 'sections'], message: expect.stringContaining('100001') },
    ]);
    expect(generated.problems).toEqual([
      { path: ['source', 'generate', 'capacity'], message: 'must be 1 to 100,000' },
    ]);
    const full = { generalAdmission: { ...FLOOR, places: 100_000 } };
    const most = await create({ venue, name: 'Full', source: { layout: { ...DRAWN, sections: [full] } } });
    expect(most.seatingPlan.places).toBe(100_000);
  });

  test('accepts a stadium drawn seat by seat', async () => {
    const venue = await newVenue({ kind: 'stadium' });
    const seats = Array.from({ length: 100 }, (_, seat) => String(seat + 1));
    const rows = (section: number) =>
      Array.from({ length: 50 }, (_, row) => ({
        label: String(row + 1),
        category: 0,
        seats,
        x: seats.map((_seat, at) => at * 5),
        y: seats.map(() => section * 1_000 + row * 8),
      }));
    const sections = Array.from({ length: 20 }, (_, at) => ({
      seated: { key: `s${at}`, name: `Block ${at}`, rows: rows(at) },
    }));
    const layout = { ...DRAWN, width: 500, height: 20_000, sections };
    const created = await olga.mutate(
      'createSeatingPlan',
      { venue, name: 'Bowl', source: { layout } },
      '... on SeatingPlanCreated { seatingPlan { places sections { places firstPlace } } }',
    );

    expect(created.seatingPlan.places).toBe(100_000);
    expect(created.seatingPlan.sections.at(-1)).toEqual({ places: 5_000, firstPlace: 95_000 });
  });

  test('requires a capacity, an unused name, and text that can be stored', async () => {
    const venue = await newVenue({ capacity: null });
    expect((await create({ venue, name: 'Any', source: { generate: {} } })).problems).toEqual([
      {
        path: ['source', 'generate', 'capacity'],
        message: 'is required: the Venue has no capacity',
      },
    ]);
    await create({ venue, name: 'Taken', source: { layout: DRAWN } });
    expect((await create({ venue, name: 'Taken', source: { generate: { capacity: 9 } } })).problems).toEqual([
      { path: ['name'], message: expect.stringContaining('is taken') },
    ]);
    const layout = { ...DRAWN, categories: ['De\u0000ar', '\ud800 Cheap'] };
    const { seatingPlan } = await create({ venue, name: 'N\u0000UL', source: { layout } });
    expect(seatingPlan).toMatchObject({ name: 'N UL', categories: ['De ar', '\ufffd Cheap'] });
  });

  test('allows plans of public Venues to all organisers, of others to their organiser only', async () => {
    const hers = await newVenue({ organiserId: 'olga' });
    const input = { name: 'Concert', source: { layout: DRAWN } };

    expect(await create({ ...input, venue: hers })).toMatchObject({ __typename: 'SeatingPlanCreated' });
    for (const venue of [hers, encodeId('Venue', newId()), encodeId('Event', newId()), '']) {
      expect(await create({ ...input, venue }, otto)).toEqual({
        __typename: 'VenueNotFound',
        message: 'There is no such Venue, or it is another organiser’s.',
      });
    }
  });

  test.each([
    ['both', { layout: DRAWN, generate: {} }],
    ['neither', {}],
  ])('requires exactly one source, not %s', async (_which, source) => {
    const { errors } = await olga.send(
      'mutation ($input: CreateSeatingPlanInput!) { createSeatingPlan(input: $input) { __typename } }',
      { input: { venue: await newVenue(), name: 'X', source } },
    );
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});

describe('updateSeatingPlan', () => {
  const bigger = {
    layout: {
      ...DRAWN,
      sections: [...DRAWN.sections, { generalAdmission: { ...FLOOR, key: 'pit', name: 'Pit' } }],
    },
  };

  test('adds a version and leaves the previous one unchanged', async () => {
    const venue = await newVenue();
    const { seatingPlan: first } = await create({ venue, name: 'Concert', source: { layout: DRAWN } });
    const { seatingPlan: second } = await update({ id: first.id, source: bigger });

    expect(second).toMatchObject({ name: 'Concert', version: 2, places: 10, venue: { id: venue } });
    expect(second.id).not.toBe(first.id);
    const { node, venue: read } = await world.stranger.ask(
      `query ($id: ID!, $venue: ID!) {
        node(id: $id) { ... on SeatingPlan { version places sections { key } } } venue(id: $venue) { seatingPlans { id } } }`,
      { id: first.id, venue },
    );
    expect(node).toEqual({ version: 1, places: 7, sections: [{ key: 'stalls' }, { key: 'floor' }] });
    expect(read).toEqual({ seatingPlans: [{ id: second.id }] });
  });

  test('adds no version for an unchanged layout', async () => {
    const { seatingPlan } = await create({
      venue: await newVenue(),
      name: 'Same',
      source: { layout: DRAWN },
    });

    expect(await update({ id: seatingPlan.id, source: { layout: DRAWN } })).toEqual({
      __typename: 'SeatingPlanUpdated',
      seatingPlan,
    });
  });

  test('requires the newest version, and names it in the refusal', async () => {
    const { seatingPlan: first } = await create({
      venue: await newVenue(),
      name: 'Old',
      source: { layout: DRAWN },
    });
    const { seatingPlan: second } = await update({ id: first.id, source: bigger });

    expect((await update({ id: first.id, source: { generate: { capacity: 5 } } })).problems).toEqual([
      { path: ['id'], message: `is not the newest version: that is ${second.id}` },
    ]);
  });

  test('accepts one of two concurrent updates and refuses the other', async () => {
    const { seatingPlan } = await create({
      venue: await newVenue(),
      name: 'Race',
      source: { layout: DRAWN },
    });
    const capacities = [10, 20, 30, 40];
    const answers = await Promise.all(
      capacities.map((capacity) => update({ id: seatingPlan.id, source: { generate: { capacity } } })),
    );

    const types = answers.map(({ __typename }) => __typename).toSorted();
    expect(types).toEqual(['InvalidInput', 'InvalidInput', 'InvalidInput', 'SeatingPlanUpdated']);
    const winner = answers.find(({ __typename }) => __typename === 'SeatingPlanUpdated');
    expect(winner.seatingPlan.version).toBe(2);
  });

  test('lists the problems of the new layout', async () => {
    const { seatingPlan } = await create({
      venue: await newVenue({ capacity: null }),
      name: 'Wrong',
      source: { layout: DRAWN },
    });
    const wrong = { id: seatingPlan.id, source: { layout: { ...DRAWN, sections: [] } } };

    expect((await update(wrong)).problems).toEqual([
      { path: ['source', 'layout', 'sections'], message: 'must not be empty' },
    ]);
    expect((await update({ id: seatingPlan.id, source: { generate: {} } })).problems).toHaveLength(1);
  });

  test('does not find a plan of another organiser', async () => {
    const { db } = world.platform;
    const { seatingPlan } = await create({
      venue: await newVenue(),
      name: 'Hers',
      source: { layout: DRAWN },
    });
    const open = encodeId('SeatingPlan', await seedPlan(db, await seedVenue(db)));

    for (const id of [
      seatingPlan.id,
      open,
      encodeId('SeatingPlan', newId()),
      encodeId('Venue', newId()),
      'x',
    ]) {
      expect(await update({ id, source: { generate: { capacity: 0 } } }, otto)).toEqual({
        __typename: 'SeatingPlanNotFound',
        message: 'There is no such SeatingPlan, or it is another organiser’s.',
      });
    }
    const admin = await world.as('adam', 'ADMIN');
    expect(await update({ id: open, source: bigger }, admin)).toMatchObject({ seatingPlan: { version: 2 } });
  });
});
