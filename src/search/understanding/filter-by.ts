import { spellingsOfCity } from '../../catalog/index.ts';
import { isLittle } from '../little-words.ts';
import { bothDays } from '../local-days.ts';
import { parseTerm } from '../parse-term.ts';
import type { EventQuery, Term } from '../search-engine.ts';
import type { Part } from './parts.ts';
import { withoutParts } from './understand.ts';

/** Words that ask for anything: beside a date, a price or a place they say nothing. */
const ANYTHING = new Set(
  `show shows gig gigs thing things to do what s whats is are on happening anything something going out live me show find
   veranstaltung veranstaltungen was ist los evenement evenements que faire eventos evento cosas que hacer eventi evenementen`.split(
    /\s+/,
  ),
);

/** The query with parts of its term as filters. The filters of the input come first; days have to be met by both. */
export function filterBy(query: EventQuery, term: string, parts: readonly Part[]): EventQuery {
  if (parts.length === 0) return query;
  const isFinished = parts.some(({ end }) => term.slice(end).trim() === '');
  const rest = parseTerm(withoutParts(term, parts), isFinished);
  return parts.reduce(withFilter, { ...query, term: rest === null || asksForAnything(rest) ? null : rest });
}

const asksForAnything = ({ typed }: Term): boolean =>
  typed.length > 0 && typed.every((word) => isLittle(word) || ANYTHING.has(word)); // a band may be called !!!

function withFilter(query: EventQuery, { meaning }: Part): EventQuery {
  switch (meaning.kind) {
    case 'DATES':
      return { ...query, days: bothDays(query.days, meaning.days) };
    case 'PRICE':
      return { ...query, price: query.price ?? meaning.price };
    case 'PLACE':
      if (meaning.place === 'HERE') return query; // `near` is in the query, or the client has no point
      return 'city' in meaning.place
        ? { ...query, cities: query.cities ?? spellingsOfCity(query.country, meaning.place.city) }
        : { ...query, country: query.country ?? meaning.place.country };
  }
}
