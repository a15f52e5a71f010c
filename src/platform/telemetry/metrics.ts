import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import { ERROR_CODES } from '../errors.ts';
import { indexingMetrics } from './indexing-metrics.ts';
import { ALARMS, QUEUE_ESTIMATES, TRANSACTIONS, VISIT_ENDS } from './known-labels.ts';

/** All metrics of `/metrics`; each is counted where the decision is made. */
export type Metrics = ReturnType<typeof openMetrics>;

/** From a cached read (1 ms) to a request that its buyer abandons (10 s). */
const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Open the metrics in a registry of their own, so that two servers in one process (as in tests) do not share counters. */
export function openMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const realtimeDelivered = { count: 0 };
  collectDefaultMetrics({ register: registry, prefix: 'onsale_' });
  const metrics = {
    registry,
    httpSeconds: new Histogram({
      name: 'onsale_http_request_seconds',
      help: 'Duration of HTTP requests in seconds, by route and status.',
      labelNames: ['route', 'status'],
      buckets: DURATION_BUCKETS_SECONDS,
      registers,
    }),
    droppedConnections: new Counter({
      name: 'onsale_http_dropped_connections_total',
      help: 'TCP connections dropped because the process had LIMIT_CONNECTIONS open.',
      registers,
    }),
    operationSeconds: new Histogram({
      name: 'onsale_graphql_operation_seconds',
      help: 'Duration of GraphQL operations in seconds, by first field and outcome (ok or errors).',
      labelNames: ['field', 'outcome'],
      buckets: DURATION_BUCKETS_SECONDS,
      registers,
    }),
    cachedResponses: new Counter({
      name: 'onsale_cached_responses_total',
      help: 'Responses served from the response cache (hit, or stale while Postgres is unavailable), stored in it (kept), and evicted because their data changed (evicted).',
      labelNames: ['result'],
      registers,
    }),
    searchCache: new Counter({
      name: 'onsale_search_cache_total',
      help: 'Answers of the search engine from the cache of the process (process), of all processes (shared), and from the engine itself (computed).',
      labelNames: ['result'],
      registers,
    }),
    outcomes: new Counter({
      name: 'onsale_outcomes_total',
      help: 'Outcomes of use cases, by use case and GraphQL type.',
      labelNames: ['useCase', 'outcome'],
      registers,
    }),
    errors: new Counter({
      name: 'onsale_errors_total',
      help: 'GraphQL errors returned, by code.',
      labelNames: ['code'],
      registers,
    }),
    transactionSeconds: new Histogram({
      name: 'onsale_transaction_seconds',
      help: 'Duration of transactions in seconds, retries included, by name.',
      labelNames: ['name'],
      buckets: DURATION_BUCKETS_SECONDS,
      registers,
    }),
    ordersTogether: new Histogram({
      name: 'onsale_orders_together',
      help: 'Orders of one Event committed in the same transaction (batch size).',
      buckets: [1, 2, 4, 8, 16, 32],
      registers,
    }),
    transactionRetries: new Counter({
      name: 'onsale_transaction_retries_total',
      help: 'Transactions retried after a deadlock or serialization failure, by name.',
      labelNames: ['name'],
      registers,
    }),
    redisUnavailable: new Counter({
      name: 'onsale_redis_unavailable_total',
      help: 'Calls that continued without Redis because it was unavailable or too slow, by feature.',
      labelNames: ['feature'],
      registers,
    }),
    redisUp: new Gauge({
      name: 'onsale_redis_up',
      help: '1 while Redis is connected (in a cluster: every shard), else 0.',
      registers,
    }),
    searches: new Counter({
      name: 'onsale_searches_total',
      help: 'Searches that Elasticsearch was asked, from the cache or by a request; those of onsale_degraded_searches_total included.',
      registers,
    }),
    degradedSearches: new Counter({
      name: 'onsale_degraded_searches_total',
      help: 'Searches that Postgres answered in place of Elasticsearch, which failed or was too slow (failed), had been so just before (open), or refused the query (refused).',
      labelNames: ['reason'],
      registers,
    }),
    elasticsearchUp: new Gauge({
      name: 'onsale_elasticsearch_up',
      help: '1 while searches are answered by Elasticsearch, else 0; also 0 if none is configured.',
      registers,
    }),
    expiredHolds: new Counter({
      name: 'onsale_expired_holds_total',
      help: 'Reservations expired by the sweeper.',
      registers,
    }),
    failedExpirySweeps: new Counter({
      name: 'onsale_failed_expiry_sweeps_total',
      help: 'Sweeps of the expired holds of an Event that failed; the next run, a second later, repeats them.',
      registers,
    }),
    rowsDeleted: new Counter({
      name: 'onsale_retention_deleted_rows_total',
      help: 'Rows deleted because they were past their retention, by table.',
      labelNames: ['table'],
      registers,
    }),
    oldestRowSeconds: new Gauge({
      name: 'onsale_retention_oldest_row_seconds',
      help: 'Age in seconds of the oldest row that the last retention run left, by table.',
      labelNames: ['table'],
      registers,
    }),
    realtimeConnections: new Gauge({
      name: 'onsale_realtime_connections',
      help: 'Open WebSocket and SSE connections, by transport.',
      labelNames: ['transport'],
      registers,
    }),
    realtimeSubscriptions: new Gauge({
      name: 'onsale_realtime_subscriptions',
      help: 'Active subscriptions.',
      registers,
    }),
    realtimeExecutions: new Counter({
      name: 'onsale_realtime_executions_total',
      help: 'Updates executed and serialised, once per distinct document, however many subscribers share it.',
      registers,
    }),
    realtimeDeliveries: new Counter({
      name: 'onsale_realtime_deliveries_total',
      help: 'Updates sent to subscribers.',
      registers,
      collect() {
        this.reset();
        this.inc(realtimeDelivered.count);
      },
    }),
    /** A plain number: it is incremented 100,000 times a second, which the library's counter cannot do at that rate. */
    realtimeDelivered,
    realtimeSlowReaders: new Counter({
      name: 'onsale_realtime_slow_readers_total',
      help: 'Slow consumers dropped because their send buffer exceeded its limit, by transport.',
      labelNames: ['transport'],
      registers,
    }),
    realtimeRefusals: new Counter({
      name: 'onsale_realtime_refusals_total',
      help: 'Connections and subscriptions rejected by a limit, by transport and reason.',
      labelNames: ['transport', 'reason'],
      registers,
    }),
    slotLagBytes: new Gauge({
      name: 'onsale_slot_lag_bytes',
      help: 'Bytes of write-ahead log that Postgres retains for the replication slot because they are not acknowledged, by name of the slot.',
      labelNames: ['slot'],
      registers,
    }),
    slotBehindSeconds: new Gauge({
      name: 'onsale_slot_behind_seconds',
      help: 'Age in seconds of the last change applied from the replication slot; 0 when the reader has caught up.',
      labelNames: ['slot'],
      registers,
    }),
    slotTakeovers: new Counter({
      name: 'onsale_slot_takeovers_total',
      help: 'Times this process acquired the replication slot, by slot.',
      labelNames: ['slot'],
      registers,
    }),
    slotRebuilds: new Counter({
      name: 'onsale_slot_rebuilds_total',
      help: 'Replication slots created by this process, the first one or a replacement of a lost one, by slot.',
      labelNames: ['slot'],
      registers,
    }),
    ...indexingMetrics(registers),
    boardsFilled: new Counter({
      name: 'onsale_seat_boards_filled_total',
      help: 'Seat boards loaded from Postgres into Redis.',
      registers,
    }),
    seatMapChannels: new Gauge({
      name: 'onsale_seat_map_channels',
      help: 'Events with seat map subscribers in this process.',
      registers,
    }),
    queueEstimates: new Counter({
      name: 'onsale_queue_estimates_total',
      help: 'Estimated waits of subscribers who were admitted, by result: the first range contained the true wait, or was too long or too short.',
      labelNames: ['result'],
      registers,
    }),
    queueWaiters: new Gauge({
      name: 'onsale_queue_waiters',
      help: 'Subscriptions of entries in waiting rooms in this process.',
      registers,
    }),
    roomAdmissions: new Counter({
      name: 'onsale_waiting_room_admissions_total',
      help: 'Viewers admitted by waiting rooms that this process controlled.',
      registers,
    }),
    roomVisitsEnded: new Counter({
      name: 'onsale_waiting_room_visits_ended_total',
      help: 'Visits ended in waiting rooms that this process controlled, by why: EXPIRED, LEFT, BOUGHT or CLOSED.',
      labelNames: ['by'],
      registers,
    }),
    roomAbandonments: new Counter({
      name: 'onsale_waiting_room_abandonments_total',
      help: 'Entries that left the line or were given up, in waiting rooms that this process controlled.',
      registers,
    }),
    roomsOpen: new Gauge({
      name: 'onsale_waiting_rooms',
      help: 'Waiting rooms that are not closed, as this process knows them.',
      registers,
    }),
    roomLongestLine: new Gauge({
      name: 'onsale_waiting_room_longest_line',
      help: 'Entries in the longest line of a waiting room.',
      registers,
    }),
    roomWaiting: new Gauge({
      name: 'onsale_waiting_room_waiting',
      help: 'Entries in the lines of all waiting rooms.',
      registers,
    }),
    roomInside: new Gauge({
      name: 'onsale_waiting_room_inside',
      help: 'Viewers that all waiting rooms have admitted and that shop.',
      registers,
    }),
    roomsReadAgeSeconds: new Gauge({
      name: 'onsale_waiting_rooms_read_age_seconds',
      help: 'Age in seconds of what this process knows of waiting rooms, drafts among them and ended visits.',
      registers,
    }),
    roomStalledSeconds: new Gauge({
      name: 'onsale_waiting_room_stalled_seconds',
      help: 'Longest time in seconds for which a waiting room admitted no viewer though there was a slot, an entry and a ticket.',
      registers,
    }),
    alarms: new Counter({
      name: 'onsale_alarms_total',
      help: 'Violated invariants that need an operator; the log has the details, by alarm.',
      labelNames: ['alarm'],
      registers,
    }),
    recentPaymentAlarms: new Gauge({
      name: 'onsale_payment_alarms_last_hour',
      help: 'Alarms of payments that were first raised within the last hour, by alarm, as Postgres has them.',
      labelNames: ['alarm'],
      registers,
    }),
    webhooks: new Counter({
      name: 'onsale_webhooks_total',
      help: 'Webhook requests received, by result.',
      labelNames: ['result'],
      registers,
    }),
  };
  // From 0: to Prometheus, a counter that appears with its first event has not increased.
  for (const alarm of ALARMS) metrics.alarms.inc({ alarm }, 0);
  for (const result of ['too-old', 'other-mode']) metrics.webhooks.inc({ result }, 0);
  for (const code of Object.keys(ERROR_CODES)) metrics.errors.inc({ code }, 0);
  for (const name of TRANSACTIONS) metrics.transactionRetries.inc({ name }, 0);
  for (const by of VISIT_ENDS) metrics.roomVisitsEnded.inc({ by }, 0);
  for (const result of QUEUE_ESTIMATES) metrics.queueEstimates.inc({ result }, 0);
  metrics.outcomes.inc({ useCase: 'confirmBooking', outcome: 'TooManyPaymentAttempts' }, 0);
  return metrics;
}
