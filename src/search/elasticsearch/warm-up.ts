import type { SearchEventsInput } from '../../generated/graphql.ts';
import { settlesWithin } from '../../platform/settles-within.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { BrowseEngine, SearchEngine } from '../search-engine.ts';
import { onlyEngine } from '../search-engines.ts';
import { searchEvents } from '../search-events.ts';

/** A start waits no longer, whatever Elasticsearch does. */
export const MAX_WARM_UP_MS = 5_000;
/** Each search of a round takes less: a fifth of what a search may take before Postgres answers. */
const WARM_MS = 100;

/** Together they use every kind of query: phrases, prefixes, corrections, missing words, filters and sort orders. */
const SEARCHES: readonly SearchEventsInput[] = [
  { term: 'symphony orchestra' },
  { term: 'jazz in berlin this weekend under 50 euros' },
  { term: 'philharmonc mozrat' },
  { term: 'arsenal v chelsea tickets' },
  { term: 'ja', sort: 'DATE' },
  { near: { latitude: 52.5, longitude: 13.4, radiusKm: 50 }, sort: 'DISTANCE' },
  { price: { max: 50 }, onSale: true, sort: 'PRICE' },
];

/** `failed`: Elasticsearch is away, or has no index yet. */
type WarmUpOutcome = 'warm' | 'failed' | 'timed out';

/**
 * Search in rounds until Elasticsearch is fast: the first searches of a cold server, and of a process whose code is not compiled yet,
 * take longer than the timeout of requests. Ends with the first error, and after `maxMs`. `engine` has a timeout and a breaker of
 * its own, so that slow searches are waited for and open none. Never rejects.
 */
export async function warmUp(
  engine: SearchEngine,
  browse: BrowseEngine,
  { log, maxMs = MAX_WARM_UP_MS }: { log: Log; maxMs?: number },
): Promise<WarmUpOutcome> {
  const engines = onlyEngine(engine, browse);
  const deadline = performance.now() + maxMs;
  try {
    const warming = searchUntilFast(async (input) => {
      await (await searchEvents(engines, { input })).countAll();
    }, deadline);
    if (await settlesWithin(warming, maxMs)) return 'warm';
    log.info({ maxMs }, 'elasticsearch warm-up timed out');
    return 'timed out';
  } catch (error) {
    log.info({ err: error }, 'elasticsearch warm-up failed');
    return 'failed';
  }
}

async function searchUntilFast(
  search: (input: SearchEventsInput) => Promise<void>,
  deadline: number,
): Promise<void> {
  let slowestMs;
  do {
    slowestMs = 0;
    for (const input of SEARCHES) {
      const startedAt = performance.now();
      if (startedAt >= deadline) return;
      await search(input);
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    }
  } while (slowestMs > WARM_MS);
}
