import { afterAll, beforeAll, expect, test } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedVenue } from '../seed.ts';

let world: World;
let olga: Client;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as('olga', 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const row = (label: string, y: number, seats = ['1', '2']) => ({
  ...{ label, category: 0, seats },
  ...{ x: seats.map((_, index) => index), y: seats.map(() => y) },
});
const area = (key: string, name: string) => ({
  generalAdmission: { key, name, places: 3, category: 0, outline: [0, 0, 9, 0, 9, 9] },
});

async function create(name: string, categories: string[], sections: object[]) {
  const venue = encodeId('Venue', await seedVenue(world.platform.db));
  const layout = { width: 100, height: 50, stageX: 50, stageY: 0, categories, sections };
  return olga.mutate(
    'createSeatingPlan',
    { venue, name, source: { layout } },
    `... on SeatingPlanCreated { seatingPlan { name categories sections { name ... on SeatedSection { rows { label seats } } } } }
     ... on InvalidInput { problems { path message } }`,
  );
}

test('labels that differ only by what is not seen, or look alike, are refused', async () => {
  const rows = [
    row('A', 1, ['1', '1\u200b', 'l']),
    row('B', 2),
    row('B\u2060', 3), // continues row B, whose seats it repeats
    row('\u0392', 4),
  ];
  const { problems } = await create(
    'Alike',
    ['Dear', '\ufeffDear', 'De\u0430r'],
    [
      { seated: { key: 'hall', name: 'Hall', rows } },
      ...['Floor', 'F\u00adloor', 'Fl\u043eor'].map((name, index) => area(`floor-${index}`, name)),
    ],
  );
  expect(problems.map(({ path }: { path: string[] }) => path.slice(2).join('.'))).toEqual([
    'categories.1',
    'categories.2',
    'sections.0.seated.rows.0.seats.1',
    'sections.0.seated.rows.0.seats.2',
    'sections.0.seated.rows.2.seats.0',
    'sections.0.seated.rows.2.seats.1',
    'sections.0.seated.rows.3.label',
    'sections.2.generalAdmission.name',
    'sections.3.generalAdmission.name',
  ]);
});

test('joiners that are needed to draw a label are kept', async () => {
  const persian = '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';
  const indic = '\u0915\u094d\u200d\u0937';
  const family = '👨\u200d👩\u200d👧\u200d👦';
  const { seatingPlan } = await create(
    `${persian} ${family}`,
    [indic, family],
    [{ seated: { key: 'hall', name: persian, rows: [row(indic, 1, [persian, family])] } }],
  );
  expect(seatingPlan).toEqual({
    name: `${persian} ${family}`,
    categories: [indic, family],
    sections: [{ name: persian, rows: [{ label: indic, seats: [persian, family] }] }],
  });
});
