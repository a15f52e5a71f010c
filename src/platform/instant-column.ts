import { customType } from 'drizzle-orm/pg-core';

import { isWithinInstants, MAX_INSTANT, MIN_INSTANT } from './instants.ts';
import { reportUnreadable } from './unreadable-values.ts';

/**
 * A `timestamptz` column. What Postgres stores but `Date` cannot give back (`infinity`, years before 1900, BC or after 9998)
 * is read as the nearest end of the range, with an alarm, so that one row does not fail the statement that lists it.
 */
export const instant = (name: string, { precision }: { precision?: number } = {}) =>
  customType<{ data: Date; driverData: string }>({
    dataType: () =>
      precision === undefined ? 'timestamp with time zone' : `timestamp (${precision}) with time zone`,
    toDriver: (date) => date.toISOString(),
    fromDriver: (text) => readInstant(text, name),
  })(name);

/** Seconds in an offset occur where the session's time zone had a local mean time: `1920-01-01 00:00:00+00:19:32`. */
const OUTPUT_OF_POSTGRES =
  /^(?<date>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)(?<sign>[+-])(?<hours>\d{2})(?::(?<minutes>\d{2}))?(?::(?<seconds>\d{2}))?$/;

/** Read the text of a `timestamptz`, clamped to the range that can be given back. */
export function readInstant(text: string, column: string): Date {
  const { date, time, sign, hours, minutes, seconds } = OUTPUT_OF_POSTGRES.exec(text)?.groups ?? {};
  if (date !== undefined) {
    const offset = Number(hours) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
    const utc = Date.parse(`${date}T${time}Z`) - (sign === '-' ? -1 : 1) * offset * 1_000;
    if (isWithinInstants(new Date(utc))) return new Date(utc);
  }
  const isEarly = text.startsWith('-') || text.endsWith('BC') || (date !== undefined && date < '1950');
  const shown = isEarly ? MIN_INSTANT : MAX_INSTANT;
  reportUnreadable({ column, value: text, shown: shown.toISOString() });
  return shown;
}
