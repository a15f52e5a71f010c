import type { ParsedComponents } from 'chrono-node';

import { addDays } from '../local-days.ts';
import type { LocalDays } from '../search-engine.ts';
import type { FoundDate } from './english-dates.ts';

/** The next leap day is at most eight years off: 2096 to 2104. */
const MAX_YEARS_AHEAD = 8;

/** The days of a date that chrono found, the next ones that are not over; `null` if there are none, or it has neither day nor month. */
export function daysOf({ start, end, text }: FoundDate, today: string): LocalDays | null {
  if (!/\d/.test(text) && start.isCertain('day')) return null; // `second march`
  const first = daysFrom(start, today);
  if (first === null) return null;
  if (end === null) return first;
  const last = daysFrom(end, first.from);
  return last === null ? null : { from: first.from, to: last.to };
}

function daysFrom(date: ParsedComponents, since: string): LocalDays | null {
  const [year, month, day] = [date.get('year'), date.get('month'), date.get('day')];
  if (year === null || month === null || day === null) return null;
  if (date.isCertain('weekday') && !date.isCertain('day')) {
    const found = dayOf(year, month, day);
    return found === null ? null : one(weeksLater(found, since));
  }
  if (!date.isCertain('month')) return null;
  const inYear = (of: number): LocalDays | null =>
    date.isCertain('day') ? one(dayOf(of, month, day)) : monthOf(of, month);
  if (date.isCertain('year')) return inYear(year);
  const current = Number(since.slice(0, 4));
  for (let of = current; of <= current + MAX_YEARS_AHEAD; of++) {
    const days = inYear(of);
    if (days !== null && days.to >= since) return days;
  }
  return null;
}

/** The first day on the same weekday that is not before `since`. */
function weeksLater(day: string, since: string): string {
  const { days } = Temporal.PlainDate.from(day).until(since);
  return days <= 0 ? day : addDays(day, 7 * Math.ceil(days / 7));
}

const one = (day: string | null): LocalDays | null => (day === null ? null : { from: day, to: day });

function monthOf(year: number, month: number): LocalDays {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return { from: first.toString(), to: first.with({ day: first.daysInMonth }).toString() };
}

/** `null` for 30 February. */
function dayOf(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
