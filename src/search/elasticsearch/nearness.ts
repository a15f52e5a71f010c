import type { estypes } from '@elastic/elasticsearch';

import type { EventQuery } from '../search-engine.ts';

/** Floats of 32 bits from here to twice this are whole numbers, to which Lucene rounds a score. */
const WHOLE = 2 ** 23;
/** In metres, beyond every radius. */
const BEYOND = 2 ** 22;
/** Score of an Event at the centre; each metre is a point less. */
export const NEAREST = WHOLE + BEYOND;

/** Name of the query that gives the relevance of a hit that is scored by its nearness. */
const RELEVANCE = 'relevance';

/** Relevance of such a hit, by the scores of its named queries; `null`: its score is that. */
export const relevanceIn = (scores: Readonly<Record<string, number>>): number | null =>
  scores[RELEVANCE] ?? null;

/** Score the hits of a query by how near they are, in whole metres; `_geo_distance` has fractions (decision 0045). */
export function byNearness(
  bool: estypes.QueryDslBoolQuery,
  { latitude: lat, longitude: lon }: NonNullable<EventQuery['near']>,
): { function_score: estypes.QueryDslFunctionScoreQuery } {
  // falls from 1 at the centre to 0 at twice the scale
  const untilBeyond = { origin: { lat, lon }, scale: `${BEYOND / 2}m`, decay: 0.5 };
  return {
    function_score: {
      query: { bool: { ...bool, _name: RELEVANCE } },
      functions: [
        { linear: { location: untilBeyond }, weight: BEYOND },
        { filter: { match_all: {} }, weight: WHOLE },
      ],
      score_mode: 'sum',
      boost_mode: 'replace',
    },
  };
}
