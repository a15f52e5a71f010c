import type { Alternatives, Clause, Term } from '../search-engine.ts';
import { allOf, anyOf, phraseIn, TEXT_FIELDS, type TextField, type TextMatch } from '../text-match.ts';

/** The strict pass corrects nothing. */
export const NO_ALTERNATIVES: Alternatives = new Map();

/** A shorter beginning of a word says too little to find an Event by it alone. */
const MIN_UNFINISHED_LENGTH = 3;

/** The clause, in one of the fields, as typed: the last word may be unfinished. */
export const asTyped = (clause: Clause, fields: readonly TextField[] = TEXT_FIELDS): TextMatch =>
  anyOf(clause.spellings.map((words, at) => phraseIn(fields, words, clause.isUnfinished && at === 0)));

/** The clause, in one of the fields, in whole words. */
export const inWholeWords = (clause: Clause, fields: readonly TextField[] = TEXT_FIELDS): TextMatch =>
  anyOf(clause.spellings.map((words) => phraseIn(fields, words)));

/** The clause as typed, or as one of its corrections. */
export function asTypedOrCorrected(clause: Clause, alternatives: Alternatives): TextMatch {
  const corrections = alternatives.get(clause.typed) ?? [];
  return anyOf([asTyped(clause), ...corrections.map(({ words }) => phraseIn(TEXT_FIELDS, words))]);
}

/** Every clause of the term, as typed or as one of its corrections. A band may be called !!!. */
export const hasEveryClause = ({ text, clauses }: Term, alternatives: Alternatives): TextMatch =>
  clauses.length === 0
    ? { kind: 'name-begins', text, as: 'folded' }
    : allOf(clauses.map((clause) => asTypedOrCorrected(clause, alternatives)));

/** Whether a clause is a single word of a letter or two that may go on. */
const isShortBeginning = ({ typed, isUnfinished }: Clause): boolean =>
  isUnfinished && [...typed].length < MIN_UNFINISHED_LENGTH;

/** The clauses as Events that lack some of them are matched with them: beside others, a letter or two are no unfinished word. */
export const partialClauses = ({ clauses }: Term): Clause[] =>
  clauses.map((clause) =>
    clauses.length > 1 && isShortBeginning(clause) ? { ...clause, isUnfinished: false } : clause,
  );
