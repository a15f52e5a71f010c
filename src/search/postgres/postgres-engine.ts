import type { Db } from '../../platform/db/pool.ts';
import type { EngineSearch, EventQuery, SearchEngine, SearchPosition, Term } from '../search-engine.ts';
import { countHits, findHits } from './find-hits.ts';
import { findCorrections } from './misspellings.ts';
import { candidatesOf, weighWords, withoutShortPrefix } from './rare-words.ts';
import { correctedStage, exactStage, matchesAny, partialStage, type StagePlan } from './stages.ts';

/** Search engine on Postgres: full text, plus corrections of misspelt words. Needs no other service. */
export function openPostgresSearch(db: Db): SearchEngine {
  return { name: 'postgres', openSearch: (query, after) => openSearch(db, query, after) };
}

function openSearch(db: Db, query: EventQuery, after: SearchPosition | null): EngineSearch {
  const { term } = query;
  const lenient = term === null || term.words.length === 0 ? null : openLenient(db, query, term, after);
  const exact = exactStage(query);
  return {
    async findHits(stage, limit, from) {
      const plan = stage === 'EXACT' ? exact : await lenient?.planOf(stage);
      return plan ? findHits(db, query, plan, limit, from) : [];
    },
    countHits: async (stages) =>
      countHits(db, query, stages === 'EXACT' || lenient === null ? exact.matches : await lenient.matches()),
  };
}

/** The stages of the lenient pass. Corrections and weights are read when they are first needed. */
function openLenient(db: Db, query: EventQuery, term: Term, after: SearchPosition | null) {
  const alternatives = once(() => findCorrections(db, term));
  const weights = once(async () => {
    if (after?.weights) return after.weights;
    if (term.words.length === 1) return [0]; // an Event that lacks it has nothing of the term
    return weighWords(db, query, withoutShortPrefix(term), await alternatives());
  });
  return {
    async planOf(stage: 'CORRECTED' | 'PARTIAL'): Promise<StagePlan | null> {
      const known = await alternatives();
      if (stage === 'PARTIAL') return partialStage(term, known, await weights());
      return known.size === 0 ? null : correctedStage(query, term, known);
    },
    async matches() {
      const known = await alternatives();
      return matchesAny(term, known, candidatesOf(withoutShortPrefix(term), known, await weights()));
    },
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= read());
}
