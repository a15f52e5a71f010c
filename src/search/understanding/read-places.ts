import { cityNamed } from '../synonyms/cities.ts';
import { COUNTRY_CODES } from '../synonyms/countries.ts';
import type { Place, SpanPart } from './parts.ts';
import { phraseAt, type Span, type TermLine } from './term-line.ts';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Before a place: `in munich`, `à paris`. */
const LEADS = set(
  'in at near around nearby within inside im bei nahe a au aux en dans pres cerca em perto vicino te rond',
);
/** Between a lead and a place: `in the usa`, `près de lyon`. */
const ARTICLES = set('the den der die de du des les la le el los of to da do di');

const HERE = new Map(
  `near me, nearby me, around me, close to me, near here, around here, close by, in my area, in der nahe, in meiner nahe,
   pres de moi, autour de moi, pres d ici, cerca de mi, cerca de aqui, vicino a me, qui vicino, perto de mim, bij mij in de buurt,
   in de buurt`
    .split(',')
    .map((phrase): [string, Place] => [phrase.trim(), 'HERE']),
);

/** The first part of a line that says where, behind a preposition. */
export function readPlace(line: TermLine): SpanPart | null {
  for (const at of line.chunks.keys()) {
    const here = phraseAt(line, at, HERE);
    if (here !== null) return partOf(here, here.value);
    const found = LEADS.has(line.chunks[at]!.text) ? placeBehind(line, at) : null;
    if (found !== null) return found;
  }
  return null;
}

function placeBehind(line: TermLine, lead: number): SpanPart | null {
  for (const first of [lead + 1, lead + 2]) {
    const place = placeAt(line, first);
    if (place !== null) return partOf({ first: lead, last: place.last }, place.value);
    if (!ARTICLES.has(line.chunks[first]?.text ?? '')) return null;
  }
  return null;
}

/** The place that is all of a line that is not masked: `munich this weekend`. */
export function placeAlone(line: TermLine): SpanPart | null {
  const first = line.chunks.findIndex(({ words }) => words.length > 0);
  const last = line.chunks.findLastIndex(({ words }) => words.length > 0);
  const place = first === -1 ? null : placeAt(line, first);
  return place === null || place.last !== last ? null : partOf(place, place.value);
}

function placeAt(line: TermLine, first: number): (Span & { value: Place }) | null {
  const city = phraseAt(line, first, { get: cityNamed });
  const country = phraseAt(line, first, COUNTRY_CODES);
  if (city !== null && (country === null || city.last >= country.last)) {
    return { first, last: city.last, value: { city: city.value } };
  }
  return country === null ? null : { first, last: country.last, value: { country: country.value } };
}

const partOf = ({ first, last }: Span, place: Place): SpanPart => ({
  first,
  last,
  meaning: { kind: 'PLACE', place },
  isSure: true,
});
