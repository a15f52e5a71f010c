import { isBrokenCircuitError, timeout, TimeoutStrategy } from 'cockatiel';

import { openBreaker } from '../platform/breaker.ts';
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

/** For all requests of one search; leaves the other engine half a second of the one in which people wait. */
const MAX_ANSWER_MS = 500;
/** Consecutive failures: each has cost its viewer `MAX_ANSWER_MS`. */
const MAX_FAILURES = 3;

/**
 * Elasticsearch, and Postgres for as long as it fails or is too slow. While its breaker is open, searches go to Postgres at once,
 * except one a second, which finds out whether Elasticsearch is back.
 */
export function withFallback(
  primary: SearchEngine,
  fallback: SearchEngine,
  { log, metrics }: { log: Log; metrics: Metrics },
): Pick<SearchEngines, 'ask'> {
  const inTime = timeout(MAX_ANSWER_MS, TimeoutStrategy.Aggressive);
  metrics.elasticsearchUp.set(1);
  const breaker = openBreaker({
    maxFailures: MAX_FAILURES,
    onOpen(error) {
      metrics.elasticsearchUp.set(0);
      log.warn({ err: error }, 'elasticsearch unavailable: postgres answers searches');
    },
    onClose() {
      metrics.elasticsearchUp.set(1);
      log.info('elasticsearch available again');
    },
  });
  return {
    async ask(work) {
      const inBreaker = () =>
        inTime
          .execute(() => work(primary))
          .then(
            (result) => ({ result }),
            (error: unknown) => {
              if (error instanceof QueryRefused) return error;
              throw error;
            },
          );
      const answer = await breaker.run(inBreaker).catch((error: Error) => error);
      if ('result' in answer) return { ...answer, isDegraded: false };
      const reason = reasonOf(answer);
      metrics.degradedSearches.inc({ reason });
      if (reason !== 'open')
        log.debug({ err: answer, reason }, 'elasticsearch search failed: postgres answers');
      return { result: await work(fallback), isDegraded: true };
    },
  };
}

const reasonOf = (error: Error): 'open' | 'refused' | 'failed' =>
  isBrokenCircuitError(error) ? 'open' : error instanceof QueryRefused ? 'refused' : 'failed';
