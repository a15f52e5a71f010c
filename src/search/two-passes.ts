import type { Page } from '../platform/connections.ts';
import { countFacets } from './facets/count-facets.ts';
import { asTypedOrCorrected, partialClauses } from './matching/clause-matches.ts';
import { MAX_RARE, weightsOf } from './matching/clause-weights.ts';
import { describeHit } from './matching/describe-hit.ts';
import { anyStage, correctedStage, exactStage, partialStage } from './matching/stages.ts';
import type {
  EventHit,
  EventHits,
  EventQuery,
  SearchEngine,
  SearchPosition,
  SearchStage,
  StagePlan,
} from './search-engine.ts';
import type { TextMatch } from './text-match.ts';

/** The stages of the lenient pass, in order. */
const LENIENT_STAGES = ['CORRECTED', 'PARTIAL'] as const satisfies readonly SearchStage[];

/**
 * Find a page of Events. The strict pass decides alone if it fills the first page; otherwise the hits of the lenient pass follow
 * its own, on this page and on the next ones. Cursors say which.
 */
export async function searchInPasses(
  engine: SearchEngine,
  query: EventQuery,
  { limit, after }: Page<SearchPosition>,
): Promise<EventHits> {
  const exact = exactStage(query);
  const lenient = lenientPass(engine, query, after, () => after !== null || hits.length > 0);
  const isInExact = after === null || after.stage === 'EXACT_ONLY' || after.stage === 'EXACT';
  const hits = isInExact ? await findHits(engine, query, exact, limit + 1, after) : [];
  const isExactOnly =
    after === null ? query.term === null || hits.length >= limit : after.stage === 'EXACT_ONLY';
  const countsOf = (match: () => Promise<TextMatch | null>): Omit<EventHits, 'hits'> => ({
    countAll: async () => engine.countHits(query, await match()),
    countFacets: async (browse, asked) => countFacets(browse, query, await match(), asked),
  });
  const countsOfExact = countsOf(async () => exact.match);
  if (isExactOnly) return { hits: hits.map(alone), ...countsOfExact };
  for (const stage of stagesFrom(after)) {
    if (hits.length > limit) break;
    const plan = await lenient?.planOf(stage);
    const from = after?.stage === stage ? after : null;
    if (plan) hits.push(...(await findHits(engine, query, plan, limit + 1 - hits.length, from)));
  }
  return { hits, ...(lenient === null ? countsOfExact : countsOf(lenient.match)) };
}

const findHits = async (
  engine: SearchEngine,
  query: EventQuery,
  plan: StagePlan,
  limit: number,
  after: SearchPosition | null,
): Promise<EventHit[]> =>
  (await engine.findHits(query, plan, limit, after)).map((hit) => describeHit(hit, plan));

const alone = (hit: EventHit): EventHit => ({ ...hit, position: { ...hit.position, stage: 'EXACT_ONLY' } });

/** The lenient stages that a page may reach. */
const stagesFrom = (after: SearchPosition | null): readonly (typeof LENIENT_STAGES)[number][] =>
  after?.stage === 'PARTIAL' ? ['PARTIAL'] : LENIENT_STAGES;

/** The lenient pass, if the term has clauses. Corrections and weights are looked up once, when they are first needed. */
function lenientPass(
  engine: SearchEngine,
  query: EventQuery,
  after: SearchPosition | null,
  isAnythingFound: () => boolean,
) {
  const { term } = query;
  if (term === null || term.clauses.length === 0) return null;
  const alternatives = once(() => engine.findCorrections(term.clauses));
  const weights = once(async () => {
    if (after?.weights) return after.weights;
    if (term.clauses.length === 1) return [0]; // an Event that lacks it has nothing of the term
    const known = await alternatives();
    const matches = partialClauses(term).map((clause) => asTypedOrCorrected(clause, known));
    return weightsOf(await engine.countEach(query, matches, MAX_RARE + 1), isAnythingFound());
  });
  return {
    async planOf(stage: (typeof LENIENT_STAGES)[number]): Promise<StagePlan | null> {
      const known = await alternatives();
      if (stage === 'PARTIAL') return partialStage(term, known, await weights());
      return known.size === 0 ? null : correctedStage(query, term, known);
    },
    match: async () => anyStage(term, await alternatives(), await weights()),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= read());
}
