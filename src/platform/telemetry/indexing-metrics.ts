import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

import { REBUILD_REASONS, SEARCH_WRITES } from './known-labels.ts';

/** From a write that nothing waits before to an Elasticsearch that was away for an hour. */
const LAG_BUCKETS_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];

/** Metrics of the process that keeps the search index in step with the catalogue. */
export function indexingMetrics(registers: Registry[]) {
  const metrics = {
    searchDocuments: new Counter({
      name: 'onsale_search_documents_total',
      help: 'Search documents written, copies of rebuilds included, by result: indexed, outdated (the index has a newer one) or set-aside (rejected).',
      labelNames: ['result'],
      registers,
    }),
    searchDeadLetters: new Gauge({
      name: 'onsale_search_dead_letters',
      help: 'Events whose last search document was set aside, as the process knows them that follows the catalogue.',
      registers,
    }),
    searchIndexedSeconds: new Histogram({
      name: 'onsale_search_indexed_seconds',
      help: 'Time in seconds from the commit of a change of the catalogue to its acceptance by Elasticsearch, by document.',
      buckets: LAG_BUCKETS_SECONDS,
      registers,
    }),
    searchQueue: new Gauge({
      name: 'onsale_search_queue',
      help: 'Events that wait to be indexed, and Venues and Performers whose Events do.',
      registers,
    }),
    searchUnwrittenSeconds: new Gauge({
      name: 'onsale_search_unwritten_seconds',
      help: 'Age in seconds of the oldest change of the catalogue that Elasticsearch has not accepted, in the process that follows it; 0: none.',
      registers,
    }),
    searchRebuilds: new Counter({
      name: 'onsale_search_rebuilds_total',
      help: 'Rebuilds of the search index that this process began, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    searchRebuildsRefused: new Counter({
      name: 'onsale_search_rebuilds_refused_total',
      help: 'Rebuilds of the search index that did not go live, as too many documents were set aside; each is tried again.',
      registers,
    }),
  };
  for (const result of SEARCH_WRITES) metrics.searchDocuments.inc({ result }, 0);
  for (const reason of REBUILD_REASONS) metrics.searchRebuilds.inc({ reason }, 0);
  return metrics;
}

type IndexingMetrics = ReturnType<typeof indexingMetrics>;

/** Set the gauges of a process to 0 that follows the catalogue no more: another one has them now. */
export function resetIndexingGauges(
  metrics: Pick<IndexingMetrics, 'searchDeadLetters' | 'searchQueue' | 'searchUnwrittenSeconds'>,
): void {
  metrics.searchDeadLetters.set(0);
  metrics.searchQueue.set(0);
  metrics.searchUnwrittenSeconds.set(0);
}
