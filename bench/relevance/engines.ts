import { setTimeout } from 'node:timers/promises';

import { seededRandom } from '../../src/seating-plan/index.ts';
import { openBm25 } from './bm25.ts';
import { DEPTH } from './ndcg.ts';
import type { JudgedEvent } from './rules.ts';

/** A hit; `isMarked`: the API says that it is no exact one. The baselines mark nothing. */
export interface Answer {
  id: string;
  isMarked: boolean;
}

/** Answers queries with up to ten Events, best first. */
export interface Engine {
  name: string;
  /** A baseline, of which no figure is expected. */
  isBaseline: boolean;
  search(query: string): Promise<Answer[]>;
}

/** Where every query is typed. */
const TIMEZONE = 'America/Toronto';

const SEARCH = `query ($term: String!, $timezone: String!, $first: Int!) {
  searchEvents(input: { term: $term, timezone: $timezone }, first: $first) { degraded edges { matched node { id } } } }`;

/** A search that another engine answered, as its own was too slow on a busy machine, is repeated: a breaker closes after a second. */
const MAX_TRIES = 30;
const RETRY_MS = 1_000;

/** A server of Onsale, through its API. */
export const openApiEngine = (name: string, url: string): Engine => ({
  name,
  isBaseline: false,
  async search(term) {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const { degraded, edges } = await searchEvents(url, term);
      if (!degraded)
        return edges.map(({ matched, node }) => ({ id: node.id, isMarked: matched !== 'EXACT' }));
      await setTimeout(RETRY_MS);
    }
    throw new Error(`${name} did not answer \`${term}\``);
  },
});

interface SearchPage {
  degraded: boolean;
  edges: { matched: string; node: { id: string } }[];
}

async function searchEvents(url: string, term: string): Promise<SearchPage> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SEARCH, variables: { term, timezone: TIMEZONE, first: DEPTH } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { searchEvents: SearchPage };
    errors?: unknown;
  };
  if (!data || errors) throw new Error(`\`${term}\` failed: ${JSON.stringify(errors)}`);
  return data.searchEvents;
}

/** What an engine has to beat: plain BM25, and Events in an order that has nothing to do with the query. */
export function openBaselines(events: readonly JudgedEvent[]): Engine[] {
  const searchBm25 = openBm25(events);
  return [
    { name: 'BM25', isBaseline: true, search: async (query) => searchBm25(query).map(unmarked) },
    { name: 'random', isBaseline: true, search: async (query) => shuffle(events, query).map(unmarked) },
  ];
}

const unmarked = (id: string): Answer => ({ id, isMarked: false });

const shuffle = (events: readonly JudgedEvent[], query: string): string[] =>
  Array.from(
    { length: DEPTH },
    (_, rank) => events[Math.floor(seededRandom(query, String(rank)) * events.length)]!.id,
  );
