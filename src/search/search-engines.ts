import { isBroken } from '../platform/breaker.ts';
import { Countdown } from '../platform/countdown.ts';
import type { Log } from '../platform/telemetry/log.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import { QueryRefused, type BrowseEngine, type SearchEngine } from './search-engine.ts';

/** An answer of one of the engines. */
interface EngineAnswer<T> {
  result: T;
  /** Another engine than the configured one gave it. */
  isDegraded: boolean;
}

/** The engines of a process. */
export interface SearchEngines {
  /** Ask the configured engine or, while it does not answer, the other one. `work` may run once with each. */
  ask<T>(work: (engine: SearchEngine) => Promise<T>): Promise<EngineAnswer<T>>;
  readonly browse: BrowseEngine;
}

/** A single engine, with none to fall back to. */
export const onlyEngine = (engine: SearchEngine, browse: BrowseEngine): SearchEngines => ({
  browse,
  ask: async (work) => ({ result: await work(engine), isDegraded: false }),
});

/** The same engines for viewers that have to see their own changes at once. */
export const withoutCaches = (engines: SearchEngines): SearchEngines => ({
  browse: engines.browse.uncached ?? engines.browse,
  ask: (work) => engines.ask((engine) => work(engine.uncached ?? engine)),
});

/** For a search, without its corrections; leaves the other engine half a second of the one in which people wait. */
const MAX_ANSWER_MS = 500;

/**
 * Elasticsearch, and Postgres for as long as it fails or is too slow. Its engine fails at once while the breaker of its requests is
 * open; then searches that are not cached go to Postgres.
 */
export function withFallback(
  primary: SearchEngine,
  fallback: SearchEngine,
  { log, metrics }: { log: Log; metrics: Metrics },
): Pick<SearchEngines, 'ask'> {
  return {
    async ask(work) {
      metrics.searches.inc();
      const answer = await withinTime(primary, MAX_ANSWER_MS, work).catch((error: Error) => error);
      if ('result' in answer) return { ...answer, isDegraded: false };
      const reason = reasonOf(answer);
      metrics.degradedSearches.inc({ reason });
      if (answer instanceof QueryRefused)
        log.warn({ type: answer.type }, 'elasticsearch refused a search: postgres answers');
      else if (reason !== 'open')
        log.debug({ err: answer, reason }, 'elasticsearch search failed: postgres answers');
      return { result: await work(fallback), isDegraded: true };
    },
  };
}

const reasonOf = (error: Error): 'open' | 'refused' | 'failed' =>
  isBroken(error) ? 'open' : error instanceof QueryRefused ? 'refused' : 'failed';

/** The requests of a search took longer together than it has. */
class AnswerTooLate extends Error {
  constructor(maxMs: number) {
    super(`no answer within ${maxMs} ms`);
    this.name = 'AnswerTooLate';
  }
}

/**
 * Run `work` with an engine, for `maxMs` at most. The time stands still while corrections are looked up: Postgres does that for
 * every engine, and another one would wait for it again.
 */
async function withinTime<T>(
  engine: SearchEngine,
  maxMs: number,
  work: (engine: SearchEngine) => Promise<T>,
): Promise<{ result: T }> {
  const late = Promise.withResolvers<never>();
  const clock = new Countdown(maxMs, () => late.reject(new AnswerTooLate(maxMs)));
  const timed = (from: SearchEngine): SearchEngine => ({
    ...from,
    ...(from.uncached && { uncached: timed(from.uncached) }),
    findCorrections: (clauses) => clock.without(() => from.findCorrections(clauses)),
  });
  try {
    return { result: await Promise.race([work(timed(engine)), late.promise]) };
  } finally {
    clock.stop();
  }
}
