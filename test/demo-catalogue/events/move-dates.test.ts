import fc from 'fast-check';
import { expect, test } from 'vitest';

import { openCalendar } from '../../../src/demo-catalogue/events/calendar.ts';
import { defaultStartTime } from '../../../src/demo-catalogue/events/default-start-time.ts';
import { comingYear, moveIntoComingYear } from '../../../src/demo-catalogue/events/move-dates.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const anyDay = (least: string, most: string) =>
  fc
    .date({ min: new Date(least), max: new Date(most), noInvalidDate: true })
    .map((date) => day(date.toISOString().slice(0, 10)));

test('a past day moves into the 52 weeks after today and keeps its weekday and season', () => {
  fc.assert(
    fc.property(anyDay('1965-01-01', '2026-12-31'), anyDay('2026-01-01', '2032-12-31'), (past, today) => {
      const { first, last } = comingYear(today);
      fc.pre(Temporal.PlainDate.compare(past, first) < 0);
      const moved = moveIntoComingYear(past, today);
      expect(moved.dayOfWeek).toBe(past.dayOfWeek);
      expect(Temporal.PlainDate.compare(moved, first)).toBeGreaterThanOrEqual(0);
      expect(Temporal.PlainDate.compare(moved, last)).toBeLessThanOrEqual(0);
      const yearsApart = Math.abs(((((moved.dayOfYear - past.dayOfYear + 548) % 365) + 365) % 365) - 183);
      expect(yearsApart).toBeLessThanOrEqual(10);
    }),
  );
});

test('a Saturday in December stays a Saturday in December', () => {
  expect(moveIntoComingYear(day('1975-12-20'), day('2026-11-21')).toString()).toBe('2026-12-19');
});

test('a future day is unchanged', () => {
  expect(moveIntoComingYear(day('2026-12-06'), day('2026-11-21')).toString()).toBe('2026-12-06');
  expect(moveIntoComingYear(day('2026-11-21'), day('2026-11-21')).toString()).not.toBe('2026-11-21');
});

test('an event is not scheduled twice at one location on one day while another day is left', () => {
  const calendar = openCalendar(day('2026-11-21'));
  const taken = Array.from({ length: 52 }, (_, year) =>
    calendar.schedule(day('1970-01-03').add({ weeks: 52 * year }), 'a hall', 'Beethoven').toString(),
  );
  expect(new Set(taken).size).toBe(52);
  expect(new Set(taken.map((date) => day(date).dayOfWeek))).toEqual(new Set([6]));
  // the 53rd shares a day
  expect(taken).toContain(calendar.schedule(day('1970-01-03'), 'a hall', 'Beethoven').toString());
});

test('different events at one location spread over the weeks around their season', () => {
  const calendar = openCalendar(day('2026-11-21'));
  const taken = Array.from({ length: 9 }, (_, index) =>
    calendar.schedule(day('1980-06-07'), 'a hall', `Programme ${index}`).toString(),
  );
  expect(new Set(taken).size).toBe(9);
  for (const date of taken) {
    const weeks = Math.abs(day('2027-06-05').until(day(date)).days) / 7;
    expect(weeks).toBeLessThanOrEqual(4);
  }
});

test('locations are independent', () => {
  const calendar = openCalendar(day('2026-11-21'));
  const [here, there] = ['here', 'there'].map((place) =>
    calendar.schedule(day('1980-06-07'), place, 'Beethoven'),
  );
  expect(here).toEqual(there);
});

test.each([
  ['sports', 'Football', '2026-11-21', '15:00:00'],
  ['sports', 'Football', '2026-11-25', '19:45:00'],
  ['sports', 'Motorsport', '2026-11-22', '14:00:00'],
  ['concert', 'Rock', '2026-11-22', '20:00:00'],
  ['concert', 'Classical', '2026-11-22', '19:30:00'],
  ['theatre', '', '2026-11-22', '19:00:00'],
])('%s (%s) on %s starts at %s by default', (category, genre, date, expected) => {
  expect(defaultStartTime(category, genre, day(date)).toString()).toBe(expected);
});
