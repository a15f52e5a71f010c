import { expect, test } from 'vitest';

import { generateLayout } from '../../src/seating-plan/generate-layout.ts';
import { labelOfPlace, sectionOfPlace } from '../../src/seating-plan/place-label.ts';

test('every place of an arena has the label of its section and row', () => {
  const layout = generateLayout({ kind: 'arena', capacity: 5_000, seed: 'venue 1', purpose: 'MATCH' });
  const expected: string[] = [];
  for (const section of layout.sections) {
    if (section.kind !== 'SEATED') throw new Error('a match has seats only');
    for (const row of section.rows) {
      row.seats.forEach((seat, index) =>
        expected.push(
          [
            section.key,
            row.label,
            seat,
            row.category,
            row.accessible.includes(index),
            row.x[index],
            row.y[index],
          ].join(),
        ),
      );
    }
  }
  const labels = Array.from({ length: layout.places }, (_, place) => {
    const label = labelOfPlace(layout, place)!;
    return [
      label.section.key,
      label.row,
      label.seat,
      label.category,
      label.accessible,
      label.x,
      label.y,
    ].join();
  });
  expect(labels).toEqual(expected);
});

test('a place in a general-admission area has neither row nor seat', () => {
  const layout = generateLayout({ kind: 'club', capacity: 80, seed: 'a' });
  expect(labelOfPlace(layout, 79)).toMatchObject({
    section: { key: 'floor' },
    row: null,
    seat: null,
    category: 0,
  });
});

test('a place outside the plan has no label', () => {
  const layout = generateLayout({ kind: 'club', capacity: 80, seed: 'a' });
  for (const place of [-1, 80, 1.5, Number.NaN]) expect(labelOfPlace(layout, place)).toBeNull();
  expect(sectionOfPlace(layout, 80)).toBeUndefined();
});
