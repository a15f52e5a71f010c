import { describe, expect, test } from 'vitest';

import { instantOfLocalTime, localTimeOf, parseLocalTime } from '../../src/catalog/local-time.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../../src/platform/instants.ts';

const at = (text: string, zone: string) => {
  const local = parseLocalTime(text);
  if (typeof local === 'string') throw new Error(local);
  const instant = instantOfLocalTime(local, zone, 'startsAt');
  return typeof instant === 'string' ? instant : instant.toISOString();
};

describe('a local time', () => {
  test.each([
    ['2026-12-31T20:00', 'Europe/Berlin', '2026-12-31T19:00:00.000Z'],
    ['2026-07-31T20:00:30', 'Europe/Berlin', '2026-07-31T18:00:30.000Z'],
    ['2026-07-31t20:00:30.123999', 'Asia/Kathmandu', '2026-07-31T14:15:30.123Z'],
    ['2026-12-31T20:00', 'America/St_Johns', '2026-12-31T23:30:00.000Z'],
  ])('%s in %s', (text, zone, instant) => {
    expect(at(text, zone)).toBe(instant);
  });

  test.each([
    // the hour after the change is a normal one again
    ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s is next to a change of clocks', (text, instant) => {
    expect(at(text, 'Europe/Berlin')).toBe(instant);
  });

  test('that clocks skip is refused with its neighbours', () => {
    expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe(
      'does not exist in Europe/Berlin, where clocks go forward: the nearest are `2026-03-29T01:30` and `2026-03-29T03:30`',
    );
    expect(at('2011-12-30T12:00', 'Pacific/Apia')).toMatch(/`2011-12-29T12:00` and `2011-12-31T12:00`/);
  });

  test('that occurs twice is refused with both instants', () => {
    expect(at('2026-10-25T02:30', 'Europe/Berlin')).toBe(
      'occurs twice in Europe/Berlin, where clocks go back: give `startsAt`, `2026-10-25T02:30:00+02:00` or `2026-10-25T02:30:00+01:00`',
    );
    expect(at('2026-04-05T01:45', 'Australia/Lord_Howe')).toMatch(
      /01:45:00\+11:00` or `2026-04-05T01:45:00\+10:30/,
    );
  });

  test.each([
    ['2026-12-31T20:00Z', /without offset/],
    ['2026-12-31T20:00+01:00', /without offset/],
    ['2026-12-31', /without offset/],
    ['2026-12-31 20:00', /without offset/],
    ['2026-12-31T20:00[Europe/Berlin]', /without offset/],
    ['2026-02-30T20:00', /calendar/],
    ['2026-12-31T24:00', /calendar/],
    ['2026-12-31T23:59:60', /leap second/],
    ['2026-12-31T20:00:00.1234567891', /at most 9 digits of a fraction/],
    ['0026-12-31T20:00', /1900 to 9998/],
    ['9999-12-31T20:00', /1900 to 9998/],
  ])('is not %s', (text, problem) => {
    expect(parseLocalTime(text)).toMatch(problem);
  });

  test('is in range with its offset, too', () => {
    expect(at('1900-01-01T00:00', 'Asia/Tokyo')).toMatch(/1900 to 9998/);
    expect(at('9999-01-01T01:00', 'Europe/Berlin')).toMatch(/1900 to 9998/);
    expect(at('9998-12-31T23:00', 'America/New_York')).toMatch(/1900 to 9998/);
  });

  test('that is shown is accepted, of the first and last instants in every zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.length).toBeGreaterThan(400);
    for (const zone of zones) {
      for (const ms of [0, 1, 59_999, 3_600_000, 50_400_000]) {
        for (const instant of [MIN_INSTANT.getTime() + ms, MAX_INSTANT.getTime() - ms]) {
          const shown = localTimeOf(new Date(instant), zone);
          const read = at(shown, zone);
          if (!/^occurs twice/.test(read)) expect(read, zone).toBe(new Date(instant).toISOString());
        }
      }
    }
  });
});

test.each([
  ['2026-12-31T20:00', '2026-12-31T19:00:00.000Z'],
  ['2026-12-31T20:00:30', '2026-12-31T19:00:30.000Z'],
  ['2026-12-31T20:00:00.25', '2026-12-31T19:00:00.250Z'],
])('%s is written as it was given', (text, instant) => {
  expect(at(text, 'Europe/Berlin')).toBe(instant);
  expect(localTimeOf(new Date(instant), 'Europe/Berlin')).toBe(text);
});

test('the local time of an instant in a zone that is not known is UTC', () => {
  const instant = new Date('2026-12-31T19:00:00Z');
  expect(localTimeOf(instant, 'Europe/Berlin')).toBe('2026-12-31T20:00');
  expect(localTimeOf(instant, 'Mars/Olympus')).toBe('2026-12-31T19:00');
});
