import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { readBlockPlan } from '../../src/seating-plan/read-block-plan.ts';
import { readPretixPlan } from '../../src/seating-plan/read-pretix-plan.ts';
import { outlineOfPath } from '../../src/seating-plan/svg-path.ts';
import { validateLayout } from '../../src/seating-plan/validate-layout.ts';
import { nearestSeats, seatedSections } from './layout-checks.ts';

const readPlan = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/seating-plans/${name}`, import.meta.url), 'utf8'));

test('the two-level theatre keeps its 738 seats, blocks and used categories', () => {
  const layout = readPretixPlan(readPlan('two-level-theatre-738.json'), 'Theatre');
  expect(validateLayout(layout)).toEqual([]);
  expect(layout.places).toBe(738);
  expect(layout.categories).toEqual(['Category I', 'Category II', 'Category IV', 'Category V']);
  expect(layout.sections).toHaveLength(10);
  expect(layout.sections[0]).toMatchObject({ name: 'Ground floor 1', level: 'Ground floor', places: 42 });
  expect(nearestSeats(layout)).toBeGreaterThan(15);
});

test('a row continues in another Row where its category changes or an aisle crosses it', () => {
  const seat = (seat_number: string, x: number, category: string) => ({
    seat_number,
    category,
    position: { x, y: 0 },
  });
  const layout = readPretixPlan({
    name: 'Row',
    categories: [{ name: 'Dear' }, { name: 'Cheap' }, { name: 'Unused' }],
    zones: [
      {
        name: 'Stalls',
        position: { x: 100, y: 100 },
        rows: [
          {
            row_number: 'A',
            position: { x: 0, y: 0 },
            seats: [
              seat('1', 0, 'Cheap'),
              seat('2', 25, 'Cheap'),
              seat('3', 50, 'Dear'),
              seat('4', 75, 'Dear'),
              seat('5', 150, 'Dear'),
            ],
          },
        ],
      },
    ],
  });
  const rows = seatedSections(layout).flatMap((section) => section.rows);
  expect(rows.map(({ label, category, seats }) => [label, category, seats])).toEqual([
    ['A', 1, ['1', '2']],
    ['A', 0, ['3', '4']],
    ['A', 0, ['5']],
  ]);
  expect(rows.map((row) => row.firstPlace)).toEqual([0, 2, 4]);
  expect(validateLayout(layout)).toEqual([]);
});

test('the concert hall keeps 1,450 places, fills each block, and has a standing floor', () => {
  const { layout, prices } = readBlockPlan(readPlan('concert-hall-blocks.json'), 'Concert');
  expect(validateLayout(layout)).toEqual([]);
  expect(layout.places).toBe(1_450);
  expect(prices).toEqual([425, 350, 325, 300, 250, 150, 130, 125, 110, 100, 95, 50, 30, 20]);
  expect(layout.categories).toHaveLength(prices.length);
  expect(layout.sections).toHaveLength(56);
  expect(layout.sections.filter((section) => section.kind === 'GENERAL_ADMISSION')).toMatchObject([
    { name: 'Floor 1', places: 50 },
    { name: 'Floor 2', places: 50 },
  ]);
  expect(layout.sections.find((section) => section.key === 'block-17')?.places).toBe(60);
  expect(nearestSeats(layout)).toBeGreaterThan(4);
});

test('a strip one seat wide becomes one row of neighbours', () => {
  const { layout } = readBlockPlan(readPlan('concert-hall-blocks.json'));
  const strip = seatedSections(layout).find((section) => section.name === 'Block A');
  expect(strip?.rows.map((row) => row.seats.length)).toEqual([30]);
});

test('an SVG outline is parsed in absolute and relative form, including curves', () => {
  expect(outlineOfPath('M1,2H5v3l-1,1Z')).toEqual([
    { x: 1, y: 2 },
    { x: 5, y: 2 },
    { x: 5, y: 5 },
    { x: 4, y: 6 },
  ]);
  expect(outlineOfPath('M0,0c0,4,4,8,8,8').at(-1)).toEqual({ x: 8, y: 8 });
  expect(() => outlineOfPath('M0,0A1,1,0,0,0,2,2')).toThrow('unsupported command');
  expect(() => outlineOfPath('M0')).toThrow('missing arguments');
});
