import { hasEveryClause, NO_ALTERNATIVES } from '../matching/clause-matches.ts';
import { NO_TERM_SCORE } from '../matching/ranking.ts';
import { parseTerm } from '../parse-term.ts';
import type { EventQuery, SearchEngine } from '../search-engine.ts';
import { MAX_TERM_WORDS } from '../search-limits.ts';
import { allOf, phraseIn, TEXT_FIELDS, type TextField, type TextMatch } from '../text-match.ts';
import { filterBy } from './filter-by.ts';
import type { Part } from './parts.ts';
import { withoutParts } from './understand.ts';

/**
 * Choose the parts of a term that are taken as filters. As typed, words go before what they may mean: none is taken where an Event
 * has the whole term in its name; no place where an Event has the words around it as a phrase, `an american in paris`; and what is
 * unsure by its form only where the words as typed find nothing, and the filter finds something. At most four statements, each for
 * one Event.
 */
export async function chooseParts(
  engine: SearchEngine,
  query: EventQuery,
  term: string,
  parts: readonly Part[],
): Promise<readonly Part[]> {
  if (parts.length === 0) return parts;
  const [isName, isPlaceName] = await Promise.all([
    isInName(engine, query, term, parts),
    isPlaceInPhrase(engine, query, term, parts),
  ]);
  if (isName) return [];
  const likely = isPlaceName ? parts.filter(({ meaning }) => meaning.kind !== 'PLACE') : parts;
  const sure = likely.filter(({ isSure }) => isSure);
  if (sure.length === likely.length) return sure;
  const unsure = likely.filter(({ isSure }) => !isSure);
  if (await findsExactly(engine, filterBy(query, term, sure), labelled(unsure))) return sure;
  return (await findsExactly(engine, filterBy(query, term, likely))) ? likely : sure;
}

/** A term that is a date or a price alone, such as `tonight`, has to be the whole name. */
async function isInName(
  engine: SearchEngine,
  query: EventQuery,
  term: string,
  parts: readonly Part[],
): Promise<boolean> {
  const isAllSure = parts.every(({ isSure, meaning }) => isSure && meaning.kind !== 'PLACE');
  const { phrase } = parseTerm(term) ?? { phrase: '' };
  if (phrase === '') return false;
  return isAllSure && withoutParts(term, parts) === ''
    ? finds(engine, query, { kind: 'name-is', text: phrase, as: 'words' })
    : finds(engine, query, phraseOf(term, ['name']));
}

async function isPlaceInPhrase(
  engine: SearchEngine,
  query: EventQuery,
  term: string,
  parts: readonly Part[],
): Promise<boolean> {
  const others = parts.filter(({ meaning }) => meaning.kind !== 'PLACE');
  if (others.length === parts.length || withoutParts(term, parts) === '') return false;
  return finds(engine, query, phraseOf(withoutParts(term, others), TEXT_FIELDS));
}

/** The words of a term, of which those of a long one begin the name. */
function phraseOf(term: string, fields: readonly TextField[]): TextMatch {
  const { typed } = parseTerm(term) ?? { typed: [] };
  return phraseIn(fields, typed.slice(0, MAX_TERM_WORDS), typed.length <= MAX_TERM_WORDS);
}

/** What an Event has as words of its own: any description says `free`. */
const labelled = (unsure: readonly Part[]): TextMatch[] =>
  unsure
    .filter(({ meaning }) => meaning.kind === 'PRICE')
    .map(({ words }) => phraseOf(words, ['name', 'names', 'kinds']));

function findsExactly(
  engine: SearchEngine,
  query: EventQuery,
  others: readonly TextMatch[] = [],
): Promise<boolean> {
  if (query.term === null) return finds(engine, query, null);
  return finds(engine, query, allOf([hasEveryClause(query.term, NO_ALTERNATIVES), ...others]));
}

/** Whether an Event meets the filters and the condition. */
async function finds(engine: SearchEngine, query: EventQuery, match: TextMatch | null): Promise<boolean> {
  const plan = {
    stage: 'EXACT',
    match,
    score: NO_TERM_SCORE,
    sort: 'DATE',
    wordings: [],
    weights: null,
  } as const;
  return (await engine.findHits(query, plan, 1, null)).length > 0;
}
