import { sql, type SQL } from 'drizzle-orm';

import type { EventQuery, SearchStage, Term } from '../search-engine.ts';
import { matchesTerm, NO_ALTERNATIVES, type Alternatives } from './match-term.ts';
import { rankCorrected, rankOf, rankPartial } from './rank.ts';
import { candidatesOf, withoutShortPrefix } from './rare-words.ts';
import { sortKey } from './sort.ts';
import { matchesTsquery } from './tsquery.ts';

/** What a statement needs of a stage. */
export interface StagePlan {
  stage: SearchStage;
  /** Condition of the term; Events of earlier stages do not meet it. */
  matches: SQL;
  score: SQL;
  /** First sort key; `null`: hits are sorted by their start alone. */
  key: SQL | null;
  alternatives: Alternatives;
  weights: readonly number[] | null;
}

/** Events that have every word of the term, if there is one. */
export const exactStage = (query: EventQuery): StagePlan => ({
  stage: 'EXACT',
  matches: query.term === null ? sql`true` : matchesTerm(query.term, NO_ALTERNATIVES),
  score: query.term === null ? sql`1000` : rankOf(query.term),
  key: sortKey(query),
  alternatives: NO_ALTERNATIVES,
  weights: null,
});

/** Events that have every word once unknown words are corrected. */
export const correctedStage = (query: EventQuery, term: Term, alternatives: Alternatives): StagePlan => ({
  stage: 'CORRECTED',
  matches: sql`${matchesTerm(term, alternatives)} and not ${matchesTerm(term, NO_ALTERNATIVES)}`,
  score: rankCorrected(term, alternatives),
  key: sortKey(query),
  alternatives,
  weights: null,
});

/** Events that lack words, best first whatever the order of the others; `null`: there is none. */
export function partialStage(
  term: Term,
  alternatives: Alternatives,
  weights: readonly number[],
): StagePlan | null {
  const long = withoutShortPrefix(term);
  const candidates = candidatesOf(long, alternatives, weights);
  if (candidates === null) return null;
  return {
    stage: 'PARTIAL',
    matches: sql`${matchesTsquery(candidates)} and not ${matchesTerm(term, alternatives)}`,
    score: rankPartial(long, alternatives, weights),
    key: sql`-score`,
    alternatives,
    weights,
  };
}

/** Condition: the Event is in one of the stages. */
export const matchesAny = (term: Term, alternatives: Alternatives, partial: string | null): SQL => {
  const all = matchesTerm(term, alternatives);
  return partial === null ? all : sql`(${all} or ${matchesTsquery(partial)})`;
};
