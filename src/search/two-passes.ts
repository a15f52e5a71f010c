import type { Page } from '../platform/connections.ts';
import type {
  EventHit,
  EventHits,
  EventQuery,
  SearchEngine,
  SearchPosition,
  SearchStage,
} from './search-engine.ts';

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
  const search = engine.openSearch(query, after);
  const inExact = after === null || after.stage === 'EXACT_ONLY' || after.stage === 'EXACT';
  const exact = inExact ? await search.findHits('EXACT', limit + 1, after) : [];
  const isExactOnly =
    after === null ? query.term === null || exact.length >= limit : after.stage === 'EXACT_ONLY';
  if (isExactOnly) return { hits: exact.map(alone), countAll: () => search.countHits('EXACT') };
  const hits = exact;
  for (const stage of stagesFrom(after)) {
    if (hits.length > limit) break;
    const from = after?.stage === stage ? after : null;
    hits.push(...(await search.findHits(stage, limit + 1 - hits.length, from)));
  }
  return { hits, countAll: () => search.countHits('ALL') };
}

const alone = (hit: EventHit): EventHit => ({ ...hit, position: { ...hit.position, stage: 'EXACT_ONLY' } });

/** The lenient stages that a page may reach. */
const stagesFrom = (after: SearchPosition | null): readonly SearchStage[] =>
  after?.stage === 'PARTIAL' ? ['PARTIAL'] : LENIENT_STAGES;
