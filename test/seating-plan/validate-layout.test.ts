import { describe, expect, test } from 'vitest';

import { invalidInput } from '../../src/platform/outcomes.ts';
import { fingerprint } from '../../src/seating-plan/fingerprint.ts';
import type { SeatingPlanLayout } from '../../src/seating-plan/layout.ts';
import { numberPlaces, type LayoutDraft, type SectionDraft } from '../../src/seating-plan/number-places.ts';
import { validateLayout } from '../../src/seating-plan/validate-layout.ts';

const row = (label: string, y: number, seats = ['1', '2', '3']) => ({
  label,
  category: 0,
  seats,
  x: seats.map((_, index) => 10 * (index + 1)),
  y: seats.map(() => y),
  accessible: [0],
});

const draft = (): LayoutDraft => ({
  name: 'Small',
  width: 100,
  height: 100,
  stage: { x: 50, y: 0, label: 'Stage' },
  categories: ['Seat', 'Standing'],
  sections: [
    { kind: 'SEATED', key: 'stalls', name: 'Stalls', level: '', rows: [row('A', 20), row('B', 30)] },
    {
      kind: 'GENERAL_ADMISSION',
      key: 'floor',
      name: 'Floor',
      level: '',
      places: 50,
      category: 1,
      outline: [0, 50, 100, 50, 100, 100],
    },
  ],
});

/** A valid plan with one defect. */
function withDefect(addDefect: (layout: SeatingPlanLayout) => void): SeatingPlanLayout {
  const layout = numberPlaces(draft());
  addDefect(layout);
  return layout;
}

const rowsOf = (layout: SeatingPlanLayout) => {
  const [section] = layout.sections;
  if (section?.kind !== 'SEATED') throw new Error('the first section has seats');
  return section.rows;
};

test('a valid plan has no problems', () => {
  expect(validateLayout(numberPlaces(draft()))).toEqual([]);
});

test.each<[string, (layout: SeatingPlanLayout) => void, string]>([
  ['an empty name', (l) => void (l.name = ''), 'name'],
  ['no width', (l) => void (l.width = 0), 'width'],
  ['a height of NaN', (l) => void (l.height = Number.NaN), 'height'],
  ['a stage outside the drawing', (l) => void (l.stage.x = 101), 'stage'],
  ['no categories', (l) => void (l.categories = []), 'categories'],
  ['a duplicate category', (l) => void (l.categories[1] = 'Seat'), 'categories.1'],
  ['no sections', (l) => void Object.assign(l, { sections: [], places: 0 }), 'sections'],
  ['a key with a slash', (l) => void (l.sections[0]!.key = 'a/b'), 'sections.0.key'],
  ['a duplicate key', (l) => void (l.sections[1]!.key = 'stalls'), 'sections.1.key'],
  ['a section without a name', (l) => void (l.sections[0]!.name = ''), 'sections.0.name'],
  ['a gap between sections', (l) => void (l.sections[1]!.firstPlace = 7), 'sections.1.firstPlace'],
  ['a wrong total', (l) => void (l.places = 57), 'places'],
  ['a wrong number of places in a section', (l) => void (l.sections[0]!.places = 5), 'sections.0.places'],
  ['a section without rows', (l) => void rowsOf(l).splice(0), 'sections.0.rows'],
  ['a row without a label', (l) => void (rowsOf(l)[0]!.label = ''), 'sections.0.rows.0.label'],
  ['a gap between rows', (l) => void (rowsOf(l)[1]!.firstPlace = 4), 'sections.0.rows.1.firstPlace'],
  ['an unknown category', (l) => void (rowsOf(l)[0]!.category = 2), 'sections.0.rows.0.category'],
  ['a duplicate seat', (l) => void (rowsOf(l)[0]!.seats[2] = '1'), 'sections.0.rows.0.seats.2'],
  ['a missing coordinate', (l) => void rowsOf(l)[0]!.y.pop(), 'sections.0.rows.0.y'],
  ['a seat outside the drawing', (l) => void (rowsOf(l)[0]!.x[0] = -1), 'sections.0.rows.0.x'],
  ['two seats at one point', (l) => void (rowsOf(l)[1]!.y[0] = 20), 'sections.0.rows.1.x.0'],
  [
    'an accessible seat out of range',
    (l) => void (rowsOf(l)[0]!.accessible = [3]),
    'sections.0.rows.0.accessible',
  ],
  [
    'accessible seats out of order',
    (l) => void (rowsOf(l)[0]!.accessible = [1, 0]),
    'sections.0.rows.0.accessible',
  ],
  [
    'an area of two corners',
    (l) => void Object.assign(l.sections[1]!, { outline: [0, 0, 1, 1] }),
    'sections.1.outline',
  ],
  [
    'an area outside the drawing',
    (l) => void Object.assign(l.sections[1]!, { outline: [0, 0, 1, 1, 200, 0] }),
    'sections.1.outline',
  ],
  [
    'an area of an unknown category',
    (l) => void Object.assign(l.sections[1]!, { category: 9 }),
    'sections.1.category',
  ],
  ['an area without places', (l) => void Object.assign(l.sections[1]!, { places: 0 }), 'sections.1.places'],
])('%s is reported', (_, addDefect, path) => {
  expect(validateLayout(withDefect(addDefect)).map((problem) => problem.path.join('.'))).toContain(path);
});

test('a row may continue in another category, but not after another row', () => {
  const continued = draft();
  const [first] = continued.sections;
  if (first?.kind === 'SEATED') first.rows = [row('A', 20, ['1', '2']), row('A', 30, ['3']), row('B', 40)];
  expect(validateLayout(numberPlaces(continued))).toEqual([]);

  const repeated = draft();
  const [other] = repeated.sections;
  if (other?.kind === 'SEATED') other.rows = [row('A', 20, ['1']), row('B', 30), row('A', 40, ['2'])];
  expect(validateLayout(numberPlaces(repeated)).map(({ message }) => message)).toEqual([
    'row “A” is a duplicate',
  ]);
});

test.each([
  ['x'.repeat(101), 'must have 1 to 100 characters'],
  ['\u200b', 'must have 1 to 100 characters'],
  ['👩🏽‍❤️‍💋‍👨🏽'.repeat(100), expect.stringMatching(/^must have at most 2,000 bytes, and has 3,500/)],
  [`A${'\u0301'.repeat(40)}`, 'must not have a character of more than 32 code points'],
  [' A', 'must have no space before or after it'],
])('label %#, which cannot be printed, is refused for the right reason', (label, message) => {
  const layout = withDefect((l) => {
    l.name = label;
    l.sections[0]!.level = label;
    rowsOf(l)[0]!.label = label;
  });
  const problems = validateLayout(layout).filter((problem) => !problem.message.includes('“'));
  expect(problems).toEqual([
    { path: ['name'], message },
    { path: ['sections', '0', 'level'], message },
    { path: ['sections', '0', 'rows', '0', 'label'], message },
  ]);
});

test.each([
  [100, 'and 99 more'],
  [120, 'and at least 100 more'],
])('of %i problems the first hundred are listed, and the answer says how many there are', (count, words) => {
  const sections = Array.from({ length: count }, (_, n): SectionDraft => ({
    ...{ kind: 'GENERAL_ADMISSION', key: `a${n}`, name: `Area ${n}`, level: '', places: 5, category: 99 },
    outline: [0, 50, 100, 50, 100, 100],
  }));
  const refused = invalidInput(validateLayout(numberPlaces({ ...draft(), sections })));
  expect(refused.message).toContain(`(${words})`);
  expect(refused.problems).toHaveLength(100);
});

test('more than 100,000 places are refused', () => {
  const layout = draft();
  const area = layout.sections[1];
  if (area?.kind === 'GENERAL_ADMISSION') area.places = 100_001;
  expect(validateLayout(numberPlaces(layout))).toMatchObject([{ path: ['sections'] }]);
});

test('the fingerprint depends on all values, but not on the order of keys', () => {
  const layout = numberPlaces(draft());
  const shuffled = JSON.parse(
    JSON.stringify(layout, (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ),
  ) as SeatingPlanLayout;
  expect(Object.keys(shuffled)).not.toEqual(Object.keys(layout));
  expect(fingerprint(shuffled)).toBe(fingerprint(layout));
  expect(fingerprint(withDefect((l) => void (rowsOf(l)[1]!.x[0] = 11)))).not.toBe(fingerprint(layout));
  expect(fingerprint(withDefect((l) => void (rowsOf(l)[1]!.accessible = [])))).not.toBe(fingerprint(layout));
});

describe('places that read the same', () => {
  const plan = (...sections: SectionDraft[]) => validateLayout(numberPlaces({ ...draft(), sections }));
  const seated = (key: string, name: string, level: string, label: string, y: number): SectionDraft => ({
    ...{ kind: 'SEATED', key, name, level },
    rows: [row(label, y)],
  });
  const area = (key: string, name: string, level: string): SectionDraft => ({
    ...{ kind: 'GENERAL_ADMISSION', key, name, level, places: 5, category: 1 },
    outline: [0, 50, 100, 50, 100, 100],
  });
  const problem = (place: string, key: string) => [
    {
      path: ['sections', '1', 'name'],
      message: `“${place}” is in section “${key}”, too: change the name, the level or the seats`,
    },
  ];

  test('are refused, once per section', () => {
    expect(plan(seated('a', 'Left', '', 'A', 20), seated('b', 'Left', '', 'A', 30))).toEqual(
      problem('Left, row A, seat 1', 'a'),
    );
    expect(plan(seated('a', 'Left', 'Stalls', 'A', 20), seated('b', 'Stalls, Left', '', 'A', 30))).toEqual(
      problem('Stalls, Left, row A, seat 1', 'a'),
    );
    expect(plan(area('a', 'Floor', ''), area('b', 'Floor', ''))).toEqual(problem('Floor', 'a'));
  });

  test('are told apart by level, row or kind', () => {
    expect(plan(seated('a', 'Left', 'Stalls', 'A', 20), seated('b', 'Left', 'Balcony', 'A', 30))).toEqual([]);
    expect(plan(seated('a', 'Left', 'Stalls', 'A', 20), seated('b', 'Left', 'Stalls', 'B', 30))).toEqual([]);
    expect(plan(area('a', 'Floor', 'Ground'), area('b', 'Floor', 'Gallery'))).toEqual([]);
  });
});

test('seats at one point are refused on whatever level, and the message says the rule', () => {
  const plan = draft();
  const level = (key: string, name: string): SectionDraft => ({
    kind: 'SEATED',
    key,
    name,
    level: name,
    rows: [row('A', 90)],
  });
  plan.sections.push(level('lower', 'Lower'), level('upper', 'Upper'));
  const problems = validateLayout(numberPlaces(plan)).map(({ message }) => message);
  expect(problems).toContain(
    'overlaps another seat at 10,90: each seat of a plan needs a point of its own; draw levels beside each other',
  );
});
