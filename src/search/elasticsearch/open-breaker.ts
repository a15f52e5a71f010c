import { openBreaker, type Breaker } from '../../platform/breaker.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { Metrics } from '../../platform/telemetry/metrics.ts';

/** Consecutive requests that failed: each has cost its viewers the timeout. */
const MAX_FAILURES = 3;

/** The breaker of requests to Elasticsearch, closed; while it is open, one request a second finds out whether Elasticsearch is back. */
export function openElasticsearchBreaker({ log, metrics }: { log: Log; metrics: Metrics }): Breaker {
  metrics.elasticsearchUp.set(1);
  return openBreaker({
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
}
