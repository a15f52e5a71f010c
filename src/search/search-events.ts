import type { SearchEventsInput } from '../generated/graphql.ts';
import { connectionOf, type Connection } from '../platform/connections.ts';
import { soughtWords, type SoughtWords } from './highlights/sought-words.ts';
import { readZone } from './local-days.ts';
import { parseEventQuery } from './parse-query.ts';
import { cursorsOf, readingIn } from './search-cursors.ts';
import type { EventHit, EventHits, FacetCount, FacetName, LocalDays, SearchEngine } from './search-engine.ts';
import type { SearchEngines } from './search-engines.ts';
import { searchInPasses } from './two-passes.ts';
import { chooseParts } from './understanding/choose-parts.ts';
import { filterBy } from './understanding/filter-by.ts';
import type { Part } from './understanding/parts.ts';
import { understand } from './understanding/understand.ts';

/** A hit with what it may have of the term. */
interface FoundEvent extends EventHit {
  sought: SoughtWords;
}

export type EventSearchHit = Connection<FoundEvent>['edges'][number];

export interface EventSearchPage extends Connection<FoundEvent> {
  countAll: EventHits['countAll'];
  understood: readonly Part[];
  /** Another engine than the configured one found it. */
  isDegraded: boolean;
  countFacets: (facets: readonly FacetName[]) => Promise<FacetCount[]>;
}

/** Find Events. Throws BAD_USER_INPUT for an invalid query and for a cursor of another search. */
export async function searchEvents(
  engines: SearchEngines,
  args: { input: SearchEventsInput; first?: number | null | undefined; after?: string | null | undefined },
): Promise<EventSearchPage> {
  const first = readingIn(args);
  const asOf = first?.asOf ?? quarterHourOf(new Date());
  const typed = parseEventQuery(args.input, asOf);
  const parts = partsOf(args.input, asOf);
  const term = args.input.term ?? '';
  const planOf = (understood: readonly Part[]) => {
    const query = filterBy(typed, term, understood);
    const taken = understood.map((part) => parts.indexOf(part));
    const isDated = parts.length > 0 || args.input.dayPreset != null;
    return { understood, query, cursors: cursorsOf(query, isDated ? { asOf, taken } : null) };
  };
  const continued =
    args.after == null ? null : planOf(parts.filter((_, at) => first?.taken.includes(at) ?? false));
  const page = (continued ?? planOf([])).cursors.readPage(args);
  const answerOf = oncePerEngine(async (engine) => {
    const plan = continued ?? planOf(await chooseParts(engine, typed, term, parts));
    return { ...plan, ...(await searchInPasses(engine, plan.query, page)) };
  });
  const { result, isDegraded } = await engines.ask(answerOf);
  return {
    ...connectionOf(
      result.hits.map((hit) => ({ ...hit, sought: soughtWords(result.query.term, hit) })),
      page,
      ({ position }) => result.cursors.write(position),
    ),
    understood: result.understood,
    isDegraded,
    countFacets: (facets) =>
      result.countFacets(engines.browse, { facets, termDays: daysIn(result.understood) }),
    countAll: async () => (await engines.ask(async (engine) => (await answerOf(engine)).countAll())).result,
  };
}

const daysIn = (understood: readonly Part[]): LocalDays | null =>
  understood.map(({ meaning }) => meaning).find((meaning) => meaning.kind === 'DATES')?.days ?? null;

/** The total is asked of the engine that found the hits or, if that has failed since, of the other one after it has found them, too. */
function oncePerEngine<T>(ask: (engine: SearchEngine) => Promise<T>): (engine: SearchEngine) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (engine) => {
    const answer = answers.get(engine.name) ?? ask(engine);
    answers.set(engine.name, answer);
    return answer;
  };
}

const QUARTER_HOUR_MS = 15 * 60 * 1_000;

/** Its beginning, which is on the same day in every time zone: so the same search gives the same cursors for a while. */
const quarterHourOf = (instant: Date): Date =>
  new Date(Math.floor(instant.getTime() / QUARTER_HOUR_MS) * QUARTER_HOUR_MS);

/** What the term may say about dates, price and place. */
const partsOf = ({ term, interpret, timezone }: SearchEventsInput, now: Date): Part[] =>
  term == null || interpret === false ? [] : understand(term, { now, timezone: readZone(timezone ?? 'UTC') });
