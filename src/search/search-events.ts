import type { SearchEventsInput } from '../generated/graphql.ts';
import { connectionOf, type Connection } from '../platform/connections.ts';
import { parseEventQuery } from './parse-query.ts';
import { cursorsOf } from './search-cursors.ts';
import type { EventHit, EventHits, SearchEngine } from './search-engine.ts';
import { searchInPasses } from './two-passes.ts';

export type EventSearchHit = Connection<EventHit>['edges'][number];

export interface EventSearchPage extends Connection<EventHit> {
  countAll: EventHits['countAll'];
}

/** Find Events. Throws BAD_USER_INPUT for an invalid query and for a cursor of another search. */
export async function searchEvents(
  engine: SearchEngine,
  args: { input: SearchEventsInput; first?: number | null | undefined; after?: string | null | undefined },
): Promise<EventSearchPage> {
  const query = parseEventQuery(args.input);
  const cursors = cursorsOf(query);
  const page = cursors.readPage(args);
  const { hits, countAll } = await searchInPasses(engine, query, page);
  return { ...connectionOf(hits, page, ({ position }) => cursors.write(position)), countAll };
}
