import { requestOf } from '../../src/search/elasticsearch/find-hits.ts';
import { exactStage } from '../../src/search/matching/stages.ts';
import { parseEventQuery } from '../../src/search/parse-query.ts';

/** Hits of a first page, and suggestions. */
const PAGE_SIZE = 10;

/** Of a list of hits. */
const HIT_FIELDS = ['id', 'name', 'startsAt', 'city', 'venueId', 'status', 'lowestPrice', 'currency'];

const SEARCH = `query ($term: String!, $first: Int!) { searchEvents(input: { term: $term }, first: $first) {
  degraded edges { matched node { id name startsAt city status venue { name } lowestPrice { amount currency } } } } }`;

const SUGGEST = `query ($term: String!, $first: Int!) { suggest(term: $term, first: $first) {
  __typename name highlights { start end } upcomingEvents
  ... on EventSuggestion { event { id } } ... on PerformerSuggestion { performer { id } } ... on VenueSuggestion { venue { id } } } }`;

export const searchBody = (term: string): string => bodyOf(SEARCH, term);
export const suggestBody = (term: string): string => bodyOf(SUGGEST, term);

const bodyOf = (query: string, term: string): string =>
  JSON.stringify({ query, variables: { term, first: PAGE_SIZE } });

/** What a client of Elasticsearch alone would send for the same term: the first hits that have every word, with what a list shows. */
export function directBody(term: string): string {
  const query = parseEventQuery({ term });
  const request = requestOf(query, exactStage(query), PAGE_SIZE, null);
  // a parameter of the address, which a list of hits does not need
  return JSON.stringify({ ...request, include_named_queries_score: undefined, _source: HIT_FIELDS });
}

/** Whether the configured engine answered without an error. */
export const isAnswered = (body: string): boolean =>
  !body.includes('"errors"') && !body.includes('"degraded":true');
/** Whether Elasticsearch answered in full. */
export const isFound = (body: string): boolean =>
  body.includes('"timed_out":false') && body.includes('"failed":0');
