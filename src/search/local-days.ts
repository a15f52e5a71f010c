import { readTimezone } from '../catalog/index.ts';
import type { DayPreset, DayRangeInput } from '../generated/graphql.ts';
import { badInput } from '../platform/errors.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../platform/instants.ts';
import type { EventQuery, LocalDays } from './search-engine.ts';

/** Hour at which an evening begins. */
const EVENING_HOUR = 17;
const [SATURDAY, SUNDAY] = [6, 7];

const FIRST_DAY = MIN_INSTANT.toISOString().slice(0, 10);
const LAST_DAY = MAX_INSTANT.toISOString().slice(0, 10);

/** The day that an instant is on in a time zone, as `2026-12-31`. */
export const dayOf = (instant: Date, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDate()
    .toString();

/** The day `days` after another. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** The days of a preset, seen from `today`. */
export function daysOfPreset(preset: DayPreset, today: string): LocalDays {
  const weekday = Temporal.PlainDate.from(today).dayOfWeek;
  const sunday = addDays(today, SUNDAY - weekday);
  switch (preset) {
    case 'TODAY':
      return { from: today, to: today };
    case 'TONIGHT':
      return { from: today, to: today, fromHour: EVENING_HOUR };
    case 'TOMORROW':
      return { from: addDays(today, 1), to: addDays(today, 1) };
    case 'THIS_WEEKEND':
      return weekday >= SATURDAY
        ? { from: today, to: sunday }
        : { from: addDays(sunday, -2), to: sunday, fromHour: EVENING_HOUR };
    case 'NEXT_WEEK':
      return { from: addDays(sunday, 1), to: addDays(sunday, 7) };
  }
}

/** The range that an Event meets if it meets both. */
export function bothDays(one: LocalDays | null, other: LocalDays | null): LocalDays | null {
  if (one === null || other === null) return one ?? other;
  const start = ({ from, fromHour = 0 }: LocalDays) => `${from} ${String(fromHour).padStart(2, '0')}`;
  const { from, fromHour = 0 } = start(one) > start(other) ? one : other;
  const to = one.to < other.to ? one.to : other.to;
  return fromHour === 0 ? { from, to } : { from, to, fromHour };
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** More than any offset of a time zone. */
const MAX_OFFSET_MS = DAY_MS;

/**
 * The period of a query begins at `from` and, to the day, with its days: Events that end later are found, and are the ones whose
 * clauses are weighed. `null`: it begins now.
 */
export function periodBegin({ from, days }: Pick<EventQuery, 'from' | 'days'>): Date | null {
  if (days === null) return from;
  const earliest = new Date(Date.parse(days.from) - MAX_OFFSET_MS);
  return from === null || from < earliest ? earliest : from;
}

/** An instant after the day in any time zone. */
export const latestInstantOf = (day: string): Date => new Date(Date.parse(day) + DAY_MS + MAX_OFFSET_MS);

/** Read days. Throws BAD_USER_INPUT with the path of what is no day, out of range, or the wrong way round. */
export function readDays(days: DayRangeInput | null | undefined): LocalDays | null {
  if (days == null) return null;
  const from = readDay('input.days.from', days.from);
  const to = days.to == null ? from : readDay('input.days.to', days.to);
  if (to < from) throw badInput('input.days.to', 'must not be before `from`');
  return { from, to };
}

function readDay(argument: string, text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw badInput(argument, 'must be a day like `2026-12-31`');
  let day;
  try {
    day = Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    throw badInput(argument, 'is no day of the calendar');
  }
  if (day < FIRST_DAY || day > LAST_DAY) throw badInput(argument, 'must be in the years 1900 to 9998');
  return day;
}

/** Read the time zone that says what day is today. Throws BAD_USER_INPUT for an unknown one. */
export function readZone(name: string): string {
  const zone = name.length > MAX_ZONE_LENGTH ? null : readTimezone(name);
  if (zone === null) throw badInput('input.timezone', 'must be an IANA time zone, like `Europe/Berlin`');
  return zone;
}

/** Longer than any name: America/Argentina/ComodRivadavia has 32. */
const MAX_ZONE_LENGTH = 64;
