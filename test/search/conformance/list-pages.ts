import type { SearchEventsInput } from '../../../src/generated/graphql.ts';
import type { EventHit } from '../../../src/search/search-engine.ts';
import type { SearchEngines } from '../../../src/search/search-engines.ts';
import { searchEvents } from '../../../src/search/search-events.ts';

/** What a search lists. */
export interface Listed {
  hits: (Omit<EventHit, 'position'> & { key: number })[];
  total: number;
}

/** List the first pages of a search, each continued by the cursor of the one before. Engines take turns, page by page. */
export async function listPages(
  engines: readonly SearchEngines[],
  input: SearchEventsInput,
  { first, maxPages }: { first: number; maxPages: number },
): Promise<Listed> {
  const hits: Listed['hits'] = [];
  let total = 0;
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const engine = engines[page % engines.length]!;
    const { edges, pageInfo, countAll } = await searchEvents(engine, { input, first, after });
    if (page === 0) total = await countAll();
    hits.push(...edges.map(({ node: { position, ...hit } }) => ({ ...hit, key: position.key })));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor ?? null;
  }
  return { hits, total };
}
