import type { ParsedComponents } from 'chrono-node';
import * as chrono from 'chrono-node/en';

import * as words from './calendar-words.ts';
import { DAY_AND_MONTH, type Chunk, type Span, type TermLine } from './term-line.ts';

/** What chrono finds, at the chunks where it stands. */
export interface FoundDate extends Span {
  start: ParsedComponents;
  end: ParsedComponents | null;
  /** As chrono read it, in English. */
  text: string;
}

const DAY = /^\d{1,2}(?:st|nd|rd|th|er|o|a|te|ten|ter|e)?$/;
const DAYS = /^\d{1,2}-\d{1,2}$/;
const YEAR = /^20\d\d$/;
const ISO_DATE = /^20\d\d-\d\d-\d\d$/;
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(20\d\d)$/;
const SLASHED_DATE = /^(\d{1,2})[/-](\d{1,2})[/-](20\d\d)$/;
/** In no pattern of chrono. */
const NOTHING = '|';

/**
 * Find dates, with the names of months and weekdays translated first, so that one pass reads all languages. Chrono sees nothing
 * but words of dates: it would take `20 20` for a time, and `in 80 days` for a date.
 */
export function findEnglishDates(line: TermLine, today: string): FoundDate[] {
  const texts = line.chunks.map((_, at) => englishAt(line.chunks, at, today));
  if (!texts.some((text) => /[a-z]{3}|-\d\d-/.test(text))) return [];
  const { text, offsets } = joined(texts);
  // noon of a day in UTC, read as such: no change of clocks moves it to another day
  const reference = { instant: new Date(`${today}T12:00:00Z`), timezone: 0 };
  return chrono.casual
    .parse(text, reference, { forwardDate: true })
    .flatMap(({ index, text: found, start, end }) => {
      const first = offsets.findIndex(({ from, to }) => from === index && to > from);
      const last = offsets.findLastIndex(
        ({ from, to }) => to === index + found.trimEnd().length && to > from,
      );
      return first === -1 || last === -1 ? [] : [{ first, last, start, end: end ?? null, text: found }];
    });
}

function joined(texts: readonly string[]) {
  let text = '';
  const offsets = texts.map((part) => {
    if (part !== '' && text !== '') text += ' ';
    const from = text.length;
    text += part;
    return { from, to: text.length };
  });
  return { text, offsets };
}

/** A chunk as chrono gets it: in English, nothing for a connecting word, `NOTHING` for what is no part of a date. */
function englishAt(chunks: readonly Chunk[], at: number, today: string): string {
  const textAt = (index: number): string => chunks[index]?.text ?? '';
  const text = textAt(at);
  const [before, after] = [textAt(at - 1), textAt(at + 1)];
  const month = monthAt(chunks, at);
  if (month !== undefined) return isLeapDay(month, before, after) ? `${month} ${leapYearFrom(today)}` : month;
  const weekday = words.WEEKDAYS.get(text);
  if (weekday !== undefined) {
    if (words.NO_DATE_BEFORE.has(before)) return NOTHING;
    return words.NEXT.has(before) || words.NEXT.has(after) ? `next ${weekday}` : weekday;
  }
  const date = dateOf(text, today);
  if (date !== null) return date;
  if ((DAY.test(text) || DAYS.test(text)) && !words.NUMBERED.has(before)) {
    const number = text.replace(/(\d)[^\d-]+$/, '$1');
    return isLeapDay(monthAt(chunks, at - 1), text, after) ? `${number} ${leapYearFrom(today)}` : number;
  }
  if (YEAR.test(text)) return text;
  if (words.MONTH_LEADS.has(text) && words.MONTHS.has(after)) return 'in'; // chrono takes no `may` without it
  return connective(chunks, at, today);
}

/** Without a year chrono takes that of the next February, and there is no 29 February in most. */
const isLeapDay = (month: string | undefined, day: string, after: string): boolean =>
  (month === 'february' || month === 'feb') && /^29\D*$/.test(day) && !YEAR.test(after);

/** 29 February of the year is not over. */
function leapYearFrom(today: string): number {
  let year = Number(today.slice(0, 4)) + (today.slice(5) > '02-29' ? 1 : 0);
  while (!Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear) year++;
  return year;
}

/** Nothing for `de` in `12 de diciembre de 2026`; `to` between two days. */
function connective(chunks: readonly Chunk[], at: number, today: string): string {
  const isDatePart = (index: number): boolean => {
    const text = chunks[index]?.text ?? '';
    return (
      DAY.test(text) ||
      dateOf(text, today) !== null ||
      words.WEEKDAYS.has(text) ||
      YEAR.test(text) ||
      monthAt(chunks, index) !== undefined
    );
  };
  const text = chunks[at]!.text;
  if (!isDatePart(at - 1)) return NOTHING;
  const next = chunks[at + 1]?.text ?? '';
  const isPart = isDatePart(at + 1) || (isDatePart(at + 2) && words.ARTICLES.has(next));
  if (!isPart) return NOTHING;
  if (words.OF.has(text)) return '';
  const opens =
    words.BETWEEN.has(chunks[at - 2]?.text ?? '') || words.BETWEEN.has(chunks[at - 3]?.text ?? '');
  return words.TO.has(text) || (opens && words.AND.has(text)) ? 'to' : NOTHING;
}

/** The month that a chunk names; an abbreviation does beside a number alone. */
function monthAt(chunks: readonly Chunk[], at: number): string | undefined {
  const text = chunks[at]?.text ?? '';
  const isNumber = (index: number): boolean => {
    const other = chunks[index]?.text ?? '';
    return DAY.test(other) || DAYS.test(other) || YEAR.test(other);
  };
  return (
    words.MONTHS.get(text) ??
    (isNumber(at - 1) || isNumber(at + 1) ? words.SHORT_MONTHS.get(text) : undefined)
  );
}

/** A date in digits, as ISO 8601; without a year the next one. `null` if day and month can be told apart by nothing. */
function dateOf(text: string, today: string): string | null {
  if (ISO_DATE.test(text)) return text;
  const dotted = DOTTED_DATE.exec(text);
  if (dotted !== null) return iso(dotted[3]!, dotted[2]!, dotted[1]!);
  const yearless = DAY_AND_MONTH.exec(text);
  if (yearless?.[0] === text) return nextDate(yearless[2]!, yearless[1]!, today);
  const slashed = SLASHED_DATE.exec(text);
  if (slashed === null) return null;
  const [, first, second, year] = slashed as unknown as [string, string, string, string];
  if (first === second || Number(first) > 12) return iso(year, second, first);
  return Number(second) > 12 ? iso(year, first, second) : null;
}

/** The day of a month that is not over, this year or the next; 29 February in a leap year. */
function nextDate(month: string, day: string, today: string): string {
  const year = Number(month) === 2 && day === '29' ? leapYearFrom(today) : Number(today.slice(0, 4));
  const date = iso(`${year}`, month, day);
  return date >= today ? date : iso(`${year + 1}`, month, day);
}

const iso = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
