import type { Alternatives, Clause, EventQuery, StagePlan, Term, Wording } from '../search-engine.ts';
import { allOf, anyOf, not, phraseIn, TEXT_FIELDS, type TextMatch } from '../text-match.ts';
import { asTyped, hasEveryClause, NO_ALTERNATIVES, partialClauses } from './clause-matches.ts';
import { candidatesOf } from './clause-weights.ts';
import { correctedScore, exactScore, NO_TERM_SCORE, partialScore } from './ranking.ts';

/** Events that have every clause of the term, if there is one. */
export const exactStage = (query: EventQuery): StagePlan => ({
  stage: 'EXACT',
  match: query.term === null ? null : hasEveryClause(query.term, NO_ALTERNATIVES),
  score: query.term === null ? NO_TERM_SCORE : exactScore(query.term),
  sort: sortOf(query),
  wordings: [],
  weights: null,
});

/** Events that have every clause once unknown words are corrected. */
export const correctedStage = (query: EventQuery, term: Term, alternatives: Alternatives): StagePlan => ({
  stage: 'CORRECTED',
  match: allOf([hasEveryClause(term, alternatives), not(hasEveryClause(term, NO_ALTERNATIVES))]),
  score: correctedScore(term, alternatives),
  sort: sortOf(query),
  wordings: wordingsOf(term.clauses, alternatives),
  weights: null,
});

/** Events that lack clauses, best first whatever the order of the others; `null`: there is none. */
export function partialStage(
  term: Term,
  alternatives: Alternatives,
  weights: readonly number[],
): StagePlan | null {
  const clauses = partialClauses(term);
  const candidates = candidatesOf(clauses, alternatives, weights);
  if (candidates === null) return null;
  return {
    stage: 'PARTIAL',
    match: allOf([candidates, not(hasEveryClause(term, alternatives))]),
    score: partialScore(clauses, alternatives, weights),
    sort: 'RELEVANCE',
    wordings: wordingsOf(clauses, alternatives),
    weights,
  };
}

/** Events of any stage. */
export function anyStage(term: Term, alternatives: Alternatives, weights: readonly number[]): TextMatch {
  const all = hasEveryClause(term, alternatives);
  const candidates = candidatesOf(partialClauses(term), alternatives, weights);
  return candidates === null ? all : anyOf([all, candidates]);
}

/** Without a term no hit is more relevant than another. */
const sortOf = ({ sort, term }: EventQuery): StagePlan['sort'] =>
  sort === 'RELEVANCE' && term === null ? 'DATE' : sort;

/** Corrections describe a hit only where it lacks the clause as typed. */
const wordingsOf = (clauses: readonly Clause[], alternatives: Alternatives): Wording[][] =>
  alternatives.size === 0
    ? []
    : clauses.map((clause) => [
        { text: clause.typed, isCorrected: false, match: asTyped(clause) },
        ...(alternatives.get(clause.typed) ?? []).map(({ words }) => ({
          text: words.join(' '),
          isCorrected: true,
          match: phraseIn(TEXT_FIELDS, words),
        })),
      ]);
