import { describe, expect, test } from 'vitest';

import { isWithinInstants, MAX_INSTANT, MIN_INSTANT, parseInstant } from '../../src/platform/instants.ts';

const iso = (text: string) => parseInstant(text).instant?.toISOString();

describe('an instant', () => {
  test.each([
    ['2026-12-31T20:00:00Z', '2026-12-31T20:00:00.000Z'],
    ['2026-12-31t20:00:00z', '2026-12-31T20:00:00.000Z'],
    ['2026-12-31T20:00:00.1Z', '2026-12-31T20:00:00.100Z'],
    ['2026-12-31T20:00:00.123999999Z', '2026-12-31T20:00:00.123Z'],
    ['2026-12-31T20:00:00+05:45', '2026-12-31T14:15:00.000Z'],
    ['2026-12-31T20:00:00-00:30', '2026-12-31T20:30:00.000Z'],
    ['2027-01-01T10:00:00+14:00', '2026-12-31T20:00:00.000Z'],
    ['2026-12-31T06:00:00-14:00', '2026-12-31T20:00:00.000Z'],
    ['2026-12-31T20:00:00-00:00', '2026-12-31T20:00:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['1900-01-01T00:00:00Z', MIN_INSTANT.toISOString()],
    ['9998-12-31T23:59:59.999Z', MAX_INSTANT.toISOString()],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test.each([
    ['years typed with two digits', '0026-12-31T20:00:00Z', /1900 to 9998/],
    ['year 0', '0000-01-01T00:00:00Z', /1900 to 9998/],
    ['the last day of 9999', '9999-12-31T23:59:59Z', /1900 to 9998/],
    ['the millisecond before the first', '1900-01-01T00:30:00+00:31', /1900 to 9998/],
    ['the millisecond after the last', '9998-12-31T23:59:59.999-00:01', /1900 to 9998/],
    ['an offset that no zone has', '9999-12-31T23:59:59-23:59', /-14:00 to \+14:00/],
    ['a quarter of an hour too much', '2026-12-31T20:00:00+14:15', /-14:00 to \+14:00/],
    ['sixty minutes of offset', '2026-12-31T20:00:00+01:60', /-14:00 to \+14:00/],
    ['a leap second', '2016-12-31T23:59:60Z', /leap second/],
    ['24:00', '2026-12-31T24:00:00Z', /calendar/],
    ['a day that February lacks', '2026-02-29T20:00:00Z', /calendar/],
    ['month 13', '2026-13-01T20:00:00Z', /calendar/],
    ['minute 60', '2026-12-01T20:60:00Z', /calendar/],
    ['no offset', '2026-12-31T20:00:00', /RFC 3339/],
    ['an offset without minutes', '2026-12-31T20:00:00+01', /RFC 3339/],
    ['no seconds', '2026-12-31T20:00Z', /RFC 3339/],
    ['a space', '2026-12-31 20:00:00Z', /RFC 3339/],
    ['ten digits of fraction', '2026-12-31T20:00:00.1234567891Z', /at most 9 digits of a fraction/],
    ['a fraction without digits', '2026-12-31T20:00:00.Z', /RFC 3339/],
    ['a comma', '2026-12-31T20:00:00,5Z', /RFC 3339/],
    ['five digits of year', '12026-12-31T20:00:00Z', /RFC 3339/],
    ['a signed year', '+275760-09-13T00:00:00Z', /RFC 3339/],
    ['a date alone', '2026-12-31', /RFC 3339/],
    ['other digits', '２０２６-12-31T20:00:00Z', /RFC 3339/],
    ['a line break', '2026-12-31T20:00:00Z\n', /RFC 3339/],
    ['nothing', '', /RFC 3339/],
  ])('is not %s', (_what, text, problem) => {
    expect(parseInstant(text)).toEqual({ instant: null, problem: expect.stringMatching(problem) });
  });
});

test('an invalid Date is outside the range', () => {
  expect(isWithinInstants(new Date(Number.NaN))).toBe(false);
});
