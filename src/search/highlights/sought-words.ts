import type { EventHit, Term } from '../search-engine.ts';

/** Folded words and phrases that a hit may have of a term. */
export interface SoughtWords {
  words: readonly string[];
  /** They may go on. */
  prefixes: readonly string[];
}

/** What a hit may have of a term: each clause as typed, in another spelling, or as it was corrected. */
export function soughtWords(term: Term | null, { correctedTo }: Pick<EventHit, 'correctedTo'>): SoughtWords {
  const clauses = term?.clauses ?? [];
  const spellings = clauses.flatMap((clause) => clause.spellings.map((words) => words.join(' ')));
  return {
    words: [...spellings, ...(correctedTo?.split(' ') ?? [])],
    prefixes: clauses.filter(({ isUnfinished }) => isUnfinished).map(({ typed }) => typed),
  };
}
