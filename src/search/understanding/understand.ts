import { dayOf } from '../local-days.ts';
import type { Meaning, Part, SpanPart } from './parts.ts';
import { countryOf, dollarCountryOf, zoneOf } from './place-zones.ts';
import { readDates } from './read-dates.ts';
import { placeAlone, readPlace } from './read-places.ts';
import { readPrice } from './read-prices.ts';
import { readLineOf, withMasked, type TermLine } from './term-line.ts';

/** People say less. 200 characters of dates alone take chrono 20 ms, and folding can make eighteen characters of one. */
const MAX_CHUNKS = 24;
const MAX_LINE_LENGTH = 250;

export interface Viewer {
  now: Date;
  /** Says what day is today where the term names no place. */
  timezone: string;
}

/** Read what a term says about place, price and dates, at most one part each, in the order of the term. Runs no statement. */
export function understand(term: string, viewer: Viewer): Part[] {
  const line = readLineOf(term);
  if (line.chunks.length > MAX_CHUNKS || line.text.length > MAX_LINE_LENGTH) return [];
  const parts = readParts(line, viewer, viewer.timezone);
  const place = placeIn(parts);
  const timezone = (place && zoneOf(place)) ?? viewer.timezone;
  const inZone = timezone === viewer.timezone ? parts : readParts(line, viewer, timezone);
  return inZone.toSorted((a, b) => a.first - b.first).map((part) => asTyped(term, line, part));
}

/** `country` of a dollar: of the place, else of the viewer. */
function readParts(line: TermLine, { now, timezone: ofViewer }: Viewer, timezone: string): SpanPart[] {
  const parts: SpanPart[] = [];
  const add = (read: (rest: TermLine) => SpanPart | null) => {
    const part = read(withMasked(line, parts));
    if (part !== null) parts.push(part);
  };
  add(readPlace);
  const place = placeIn(parts);
  add((rest) => readPrice(rest, (place && countryOf(place)) ?? dollarCountryOf(ofViewer)));
  add((rest) => readDates(rest, dayOf(now, timezone)));
  if (place === null && parts.every(({ isSure }) => isSure)) add(placeAlone);
  return parts;
}

const placeIn = (parts: readonly { meaning: Meaning }[]) =>
  parts.flatMap(({ meaning }) => (meaning.kind === 'PLACE' ? [meaning.place] : []))[0] ?? null;

function asTyped(term: string, { chunks }: TermLine, { first, last, meaning, isSure }: SpanPart): Part {
  const [start, end] = [chunks[first]!.start, chunks[last]!.end];
  return { words: term.slice(start, end), start, end, meaning, isSure };
}

/** The term without some of its parts. */
export function withoutParts(term: string, parts: readonly Part[]): string {
  let rest = term;
  for (const { start, end } of parts.toSorted((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  return rest.trim();
}
