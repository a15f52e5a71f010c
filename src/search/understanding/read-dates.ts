import type { LocalDays } from '../search-engine.ts';
import * as words from './calendar-words.ts';
import { withTimeBehind } from './clock-times.ts';
import { daysOf } from './date-days.ts';
import { PRESET_PHRASES } from './day-words.ts';
import { findEnglishDates, type FoundDate } from './english-dates.ts';
import { HOLIDAY_PHRASES, nextDays } from './holidays.ts';
import type { SpanPart } from './parts.ts';
import { overlap, phraseAt, withLead, type Span, type TermLine } from './term-line.ts';

const HOLIDAY_LEADS = new Set('on at over for during um an am zu a pour en con op met per'.split(' '));

/** The part of a line that says when: the first that is sure, else the first. */
export function readDates(line: TermLine, today: string): SpanPart | null {
  const named = [...presets(line, today), ...holidays(line, today)];
  const dated = findEnglishDates(line, today)
    .map((date) => partOf(line, date, today))
    .filter((part) => part !== null && !named.some((other) => overlap(part, other)));
  const found = [...named, ...dated, yearOf(line, today)]
    .filter((part) => part !== null)
    .toSorted((a, b) => a.first - b.first);
  return found.find(({ isSure }) => isSure) ?? found[0] ?? null;
}

const part = (line: TermLine, span: Span, days: LocalDays, isSure: boolean): SpanPart => ({
  ...withTimeBehind(line, span),
  meaning: { kind: 'DATES', days },
  isSure,
});

const presets = (line: TermLine, today: string): SpanPart[] =>
  line.chunks.flatMap((_, at) => {
    const phrase = phraseAt(line, at, PRESET_PHRASES);
    return phrase === null ? [] : [part(line, phrase, phrase.value.daysFrom(today), phrase.value.isSure)];
  });

/** Sure with a preposition or a year: `at christmas`, `christmas 2026`. */
function holidays(line: TermLine, today: string): SpanPart[] {
  return line.chunks.flatMap((_, at) => {
    const phrase = phraseAt(line, at, HOLIDAY_PHRASES);
    if (phrase === null) return [];
    const span = withLead(line, phrase, HOLIDAY_LEADS);
    const year = /^20\d\d$/.exec(line.chunks[phrase.last + 1]?.text ?? '')?.[0];
    const days = year === undefined ? nextDays(phrase.value, today) : phrase.value(Number(year));
    if (days.to < today) return [];
    const last = year === undefined ? span.last : span.last + 1;
    return [part(line, { ...span, last }, days, year !== undefined || span.first < phrase.first)];
  });
}

/** `in 2027`; a year alone belongs to a name: `world cup 2026`. */
function yearOf(line: TermLine, today: string): SpanPart | null {
  const at = line.chunks.findIndex(
    ({ text }, index) => /^20\d\d$/.test(text) && words.MONTH_LEADS.has(line.chunks[index - 1]?.text ?? ''),
  );
  if (at === -1) return null;
  const year = line.chunks[at]!.text;
  if (year < today.slice(0, 4)) return null;
  return part(line, { first: at - 1, last: at }, { from: `${year}-01-01`, to: `${year}-12-31` }, true);
}

/** What a date of chrono means, unless it is over or its words may well mean something else. */
function partOf(line: TermLine, date: FoundDate, today: string): SpanPart | null {
  const days = daysOf(date, today);
  if (days === null || days.to < today) return null;
  const shape = shapeOf(date);
  const before = line.chunks[date.first - 1]?.text ?? '';
  const behind = line.chunks[date.last + 1]?.text ?? '';
  const leads = shape === 'MONTH' || shape === 'MONTH_OF_YEAR' ? words.MONTH_LEADS : words.DAY_LEADS;
  const isNear = words.THIS.has(before) || words.NEXT.has(before);
  const hasLead =
    leads.has(before) || isNear || words.UNTIL.has(before) || (shape === 'WEEKDAY' && words.NEXT.has(behind));
  const isAmbiguous = words.AMBIGUOUS_MONTHS.has(line.chunks[date.first]!.text);
  if (shape === 'MONTH' && isAmbiguous && !hasLead) return null;
  const last = shape === 'WEEKDAY' && words.NEXT.has(behind) ? date.last + 1 : date.last;
  const near = isNear ? { first: date.first - 1, last } : { first: date.first, last };
  const all = new Set([...leads, ...words.UNTIL, ...words.ARTICLES]);
  const isSure = shape === 'DAY' || hasLead || (shape === 'MONTH_OF_YEAR' && !isAmbiguous);
  const from = words.UNTIL.has(before) && date.end === null ? today : days.from;
  return part(line, withLead(line, near, all), { ...days, from }, isSure);
}

type Shape = 'DAY' | 'MONTH_OF_YEAR' | 'MONTH' | 'WEEKDAY';

function shapeOf({ start }: FoundDate): Shape {
  if (start.isCertain('day')) return 'DAY';
  if (start.isCertain('weekday')) return 'WEEKDAY';
  return start.isCertain('year') ? 'MONTH_OF_YEAR' : 'MONTH';
}
