/**
 * First and last instant that clients may state and that are given back. A two-digit year, typed as `0026`, is before the first.
 * The last leaves a year below 10000, which neither an offset nor a derived time exceeds: `Date` and RFC 3339 end there.
 */
export const MIN_INSTANT = new Date('1900-01-01T00:00:00Z');
export const MAX_INSTANT = new Date('9998-12-31T23:59:59.999Z');

/** Whether an instant can be stored and given back; false for an invalid Date. */
export const isWithinInstants = (instant: Date): boolean => instant >= MIN_INSTANT && instant <= MAX_INSTANT;

/** The largest offset of a time zone in use: Kiritimati, +14:00. */
const MAX_OFFSET_MINUTES = 14 * 60;

/** Nanoseconds, as other clocks state them. */
const MAX_FRACTION_DIGITS = 9;

/** Problem of a fraction of a second, with its point; null if there is none. */
export const fractionProblem = (fraction: string): string | null =>
  fraction.length <= 1 + MAX_FRACTION_DIGITS
    ? null
    : `must have at most ${MAX_FRACTION_DIGITS} digits of a fraction of a second`;

const RFC_3339 =
  /^(?<date>\d{4}-\d{2}-\d{2})[Tt](?<time>\d{2}:\d{2}:\d{2})(?<fraction>\.\d+)?(?:[Zz]|(?<hours>[+-]\d{2}):(?<minutes>\d{2}))$/;

/** An instant, or what is wrong with its text. */
export type ParsedInstant = { instant: Date; problem: null } | { instant: null; problem: string };

const refuse = (problem: string): ParsedInstant => ({ instant: null, problem });

/** Parse RFC 3339 with an offset. Lower-case `t` and `z` are accepted; fractions are cut to milliseconds. */
export function parseInstant(text: string): ParsedInstant {
  const { date, time, fraction = '', hours, minutes } = RFC_3339.exec(text)?.groups ?? {};
  if (date === undefined || time === undefined) {
    return refuse('must be an instant in RFC 3339 with an offset, like `2026-12-31T20:00:00Z`');
  }
  const tooLong = fractionProblem(fraction);
  if (tooLong !== null) return refuse(tooLong);
  if (time.endsWith(':60')) return refuse('must not be a leap second: seconds are 00 to 59');
  const local = parseUtc(`${date}T${time}${fraction.slice(0, 4)}Z`, date);
  if (local === null) return refuse('is no date and time of the calendar; hours are 00 to 23');
  if (Number(minutes ?? 0) > 59 || Math.abs(offsetMinutes(hours, minutes)) > MAX_OFFSET_MINUTES) {
    return refuse('must have an offset of -14:00 to +14:00');
  }
  const instant = new Date(local.getTime() - offsetMinutes(hours, minutes) * 60_000);
  return isWithinInstants(instant) ? { instant, problem: null } : refuse(OUT_OF_RANGE);
}

/** Problem of an instant or local time outside the range. */
export const OUT_OF_RANGE = 'must be in the years 1900 to 9998 in UTC, written with four digits';

/** `null`: a day that its month does not have, which `Date` would move into the next month, or no time of day. */
function parseUtc(text: string, date: string): Date | null {
  const parsed = new Date(text);
  const isReal =
    !Number.isNaN(parsed.getTime()) && !text.includes('T24') && parsed.toISOString().startsWith(date);
  return isReal ? parsed : null;
}

const offsetMinutes = (hours = '+00', minutes = '00'): number =>
  (hours.startsWith('-') ? -1 : 1) * (Number(hours.slice(1)) * 60 + Number(minutes));
