import type { estypes } from '@elastic/elasticsearch';

import { metresTo } from '../matching/distance.ts';
import type { EngineHit, EventQuery, SearchPosition, StagePlan } from '../search-engine.ts';
import { filtersOf, isOnSale } from './filters.ts';
import { byNearness, relevanceIn } from './nearness.ts';
import { searchIndex, type SearchIndex } from './search-index.ts';
import { positionOf, searchAfter, sortOf } from './sort.ts';
import { queryOf, scoreClausesOf } from './text-queries.ts';

/** What a hit needs of its document. */
interface HitSource {
  location?: { lat: number; lon: number } | null;
}

/** The first hits of a stage behind a position in it. */
export async function findHits(
  index: SearchIndex,
  query: EventQuery,
  plan: StagePlan,
  limit: number,
  after: SearchPosition | null,
): Promise<EngineHit[]> {
  const { hits } = await searchIndex<HitSource>(index, requestOf(query, plan, limit, after));
  return hits.hits.map((hit) => hitOf(hit, query, plan));
}

/** Body of the request for these hits. */
export function requestOf(
  query: EventQuery,
  plan: StagePlan,
  limit: number,
  after: SearchPosition | null,
): estypes.SearchRequest {
  const now = new Date();
  const filter = filtersOf(query, now);
  if (plan.match !== null) filter.push(queryOf(plan.match));
  const should = [...scoreClausesOf(plan.score, isOnSale(now)), ...wordingsOf(plan)];
  const bool = { filter, should };
  return {
    query: plan.sort === 'DISTANCE' ? byNearness(bool, query.near!) : { bool },
    sort: sortOf(plan),
    ...searchAfter(plan, after),
    size: limit,
    track_scores: true, // also where another key sorts
    track_total_hits: false,
    include_named_queries_score: true,
    _source: query.near === null ? false : ['location'],
  };
}

function hitOf(hit: estypes.SearchHit<HitSource>, query: EventQuery, plan: StagePlan): EngineHit {
  const location = hit._source?.location;
  const scores = (hit.matched_queries as Record<string, number> | undefined) ?? {};
  return {
    ...positionOf(plan, hit.sort!),
    score: relevanceIn(scores) ?? hit._score!,
    metres:
      query.near === null || location == null
        ? null
        : metresTo({ latitude: location.lat, longitude: location.lon }, query.near),
    wordings: plan.wordings.map((ofClause, clause) => {
      const found = ofClause.findIndex((_wording, at) => nameOf(clause, at) in scores);
      return found === -1 ? null : found;
    }),
  };
}

/** Named queries that add nothing to the score; a hit lists the names of those that it matches. */
const wordingsOf = ({ wordings }: StagePlan): estypes.QueryDslQueryContainer[] =>
  wordings.flatMap((ofClause, clause) =>
    ofClause.map(({ match }, at) => ({
      constant_score: { filter: queryOf(match), boost: 0, _name: nameOf(clause, at) },
    })),
  );

const nameOf = (clause: number, wording: number): string => `${clause}.${wording}`;
