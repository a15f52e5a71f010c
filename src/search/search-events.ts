import type { SearchEventsInput } from '../generated/graphql.ts';
import { connectionOf, type Connection } from '../platform/connections.ts';
import { readZone } from './local-days.ts';
import { parseEventQuery } from './parse-query.ts';
import { cursorsOf, readingIn } from './search-cursors.ts';
import type { EventHit, EventHits, SearchEngine } from './search-engine.ts';
import { searchInPasses } from './two-passes.ts';
import { chooseParts } from './understanding/choose-parts.ts';
import { filterBy } from './understanding/filter-by.ts';
import type { Part } from './understanding/parts.ts';
import { understand } from './understanding/understand.ts';

export type EventSearchHit = Connection<EventHit>['edges'][number];

export interface EventSearchPage extends Connection<EventHit> {
  countAll: EventHits['countAll'];
  understood: readonly Part[];
}

/** Find Events. Throws BAD_USER_INPUT for an invalid query and for a cursor of another search. */
export async function searchEvents(
  engine: SearchEngine,
  args: { input: SearchEventsInput; first?: number | null | undefined; after?: string | null | undefined },
): Promise<EventSearchPage> {
  const first = readingIn(args);
  const asOf = first?.asOf ?? quarterHourOf(new Date());
  const typed = parseEventQuery(args.input, asOf);
  const parts = partsOf(args.input, asOf);
  const term = args.input.term ?? '';
  const understood =
    args.after == null
      ? await chooseParts(engine, typed, term, parts)
      : parts.filter((_, at) => first?.taken.includes(at));
  const query = filterBy(typed, term, understood);
  const taken = understood.map((part) => parts.indexOf(part));
  const cursors = cursorsOf(query, parts.length > 0 || args.input.dayPreset != null ? { asOf, taken } : null);
  const page = cursors.readPage(args);
  const { hits, countAll } = await searchInPasses(engine, query, page);
  return { ...connectionOf(hits, page, ({ position }) => cursors.write(position)), countAll, understood };
}

const QUARTER_HOUR_MS = 15 * 60 * 1_000;

/** Its beginning, which is on the same day in every time zone: so the same search gives the same cursors for a while. */
const quarterHourOf = (instant: Date): Date =>
  new Date(Math.floor(instant.getTime() / QUARTER_HOUR_MS) * QUARTER_HOUR_MS);

/** What the term may say about dates, price and place. */
const partsOf = ({ term, interpret, timezone }: SearchEventsInput, now: Date): Part[] =>
  term == null || interpret === false ? [] : understand(term, { now, timezone: readZone(timezone ?? 'UTC') });
