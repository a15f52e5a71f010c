import { TIMES_OF_DAY } from './calendar-words.ts';
import { phraseAt, type Span, type TermLine } from './term-line.ts';

const CLOCK = /^(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?(?:am|pm|h|uhr)?$/;
const CERTAIN_CLOCK = /^(?:[01]?\d|2[0-4])(?:[:h][0-5]\d(?:am|pm)?|am|pm|h|uhr)$/;
const CLOCK_LEADS = new Map(
  ['at', 'um', 'a', 'alle', 'om', 'from', 'ab', 'a las', 'às'].map((lead) => [lead, true]),
);
const CLOCK_SUFFIXES = new Set(['am', 'pm', 'uhr', 'h', 'uur']);

/** The span with the time of day behind it, which filters by days do not heed: `friday night`, `tonight at 8 pm`. */
export function withTimeBehind(line: TermLine, span: Span): Span {
  let { last } = span;
  const textAt = (at: number): string => line.chunks[at]?.text ?? '';
  if (TIMES_OF_DAY.has(textAt(last + 1))) last++;
  const lead = phraseAt(line, last + 1, CLOCK_LEADS)?.last ?? last;
  if (CLOCK.test(textAt(lead + 1)) && CLOCK_SUFFIXES.has(textAt(lead + 2))) last = lead + 2;
  else if (CERTAIN_CLOCK.test(textAt(lead + 1))) last = lead + 1;
  return { ...span, last };
}
