import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Every number Onsale publishes at `/metrics`; counted where the decision is made. */
export type Metrics = ReturnType<typeof openMetrics>;

/** From a cached read (1 ms) to a buyer's patience (10 s). */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Open a registry of its own, so that two servers in one process (as in tests) do not share numbers. */
export function openMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const realtimeDelivered = { count: 0 };
  collectDefaultMetrics({ register: registry, prefix: 'onsale_' });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'onsale_http_request_seconds',
      help: 'Time to answer an HTTP request, by route and status.',
      labelNames: ['route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    operationSeconds: new Histogram({
      name: 'onsale_graphql_operation_seconds',
      help: 'Time to execute a GraphQL operation, by its first field and whether it had errors.',
      labelNames: ['field', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    cachedResponses: new Counter({
      name: 'onsale_cached_responses_total',
      help: 'Answers served from the response cache (hit, or stale while Postgres is away), put into it (kept), and taken out because what they were made of changed (evicted).',
      labelNames: ['result'],
      registers,
    }),
    outcomes: new Counter({
      name: 'onsale_outcomes_total',
      help: 'Answers of use cases, by use case and GraphQL type of the answer.',
      labelNames: ['useCase', 'outcome'],
      registers,
    }),
    errors: new Counter({
      name: 'onsale_errors_total',
      help: 'GraphQL errors answered, by code.',
      labelNames: ['code'],
      registers,
    }),
    transactionSeconds: new Histogram({
      name: 'onsale_transaction_seconds',
      help: 'Time a named transaction took, retries included.',
      labelNames: ['name'],
      buckets: SECONDS,
      registers,
    }),
    ordersTogether: new Histogram({
      name: 'onsale_orders_together',
      help: 'Orders of one Event that were decided in one transaction.',
      buckets: [1, 2, 4, 8, 16, 32],
      registers,
    }),
    transactionRetries: new Counter({
      name: 'onsale_transaction_retries_total',
      help: 'Transactions run again after a deadlock or serialization failure.',
      labelNames: ['name'],
      registers,
    }),
    redisUnavailable: new Counter({
      name: 'onsale_redis_unavailable_total',
      help: 'Times a feature went on without Redis because it was away or too slow.',
      labelNames: ['feature'],
      registers,
    }),
    redisUp: new Gauge({
      name: 'onsale_redis_up',
      help: '1 while Redis, of a cluster every shard, is connected; else 0.',
      registers,
    }),
    expiredHolds: new Counter({
      name: 'onsale_expired_holds_total',
      help: 'Reservations the sweeper tidied up after their time was over.',
      registers,
    }),
    realtimeConnections: new Gauge({
      name: 'onsale_realtime_connections',
      help: 'Open WebSockets and SSE streams, by transport.',
      labelNames: ['transport'],
      registers,
    }),
    realtimeSubscriptions: new Gauge({
      name: 'onsale_realtime_subscriptions',
      help: 'Subscriptions that are being followed.',
      registers,
    }),
    realtimeExecutions: new Counter({
      name: 'onsale_realtime_executions_total',
      help: 'Updates executed and serialised: once per distinct query, however many follow.',
      registers,
    }),
    realtimeDeliveries: new Counter({
      name: 'onsale_realtime_deliveries_total',
      help: 'Updates written to followers.',
      registers,
      collect() {
        this.reset();
        this.inc(realtimeDelivered.count);
      },
    }),
    /** Counted a hundred thousand times a second; the library would take longer to count than we to write. */
    realtimeDelivered,
    realtimeSlowReaders: new Counter({
      name: 'onsale_realtime_slow_readers_total',
      help: 'Followers dropped because too much waited for them, by transport.',
      labelNames: ['transport'],
      registers,
    }),
    realtimeRefusals: new Counter({
      name: 'onsale_realtime_refusals_total',
      help: 'Connections and subscriptions refused by a limit, by transport and reason.',
      labelNames: ['transport', 'reason'],
      registers,
    }),
    slotLagBytes: new Gauge({
      name: 'onsale_slot_lag_bytes',
      help: 'How much of the write-ahead log Postgres keeps for a replication slot: not acknowledged yet, by slot.',
      labelNames: ['slot'],
      registers,
    }),
    slotBehindSeconds: new Gauge({
      name: 'onsale_slot_behind_seconds',
      help: 'How long ago that was committed which the reader of a replication slot did last; 0 when nothing waits.',
      labelNames: ['slot'],
      registers,
    }),
    slotTakeovers: new Counter({
      name: 'onsale_slot_takeovers_total',
      help: 'Times this process became the reader of a replication slot, by slot.',
      labelNames: ['slot'],
      registers,
    }),
    slotRebuilds: new Counter({
      name: 'onsale_slot_rebuilds_total',
      help: 'Times this process made a replication slot, the first or one that was lost, by slot.',
      labelNames: ['slot'],
      registers,
    }),
    boardsFilled: new Counter({
      name: 'onsale_seat_boards_filled_total',
      help: 'Seat boards filled from Postgres.',
      registers,
    }),
    seatMapChannels: new Gauge({
      name: 'onsale_seat_map_channels',
      help: 'Events whose seat map is followed in this process.',
      registers,
    }),
    alarms: new Counter({
      name: 'onsale_alarms_total',
      help: 'Things that should never happen and want a person to look; the log says more.',
      labelNames: ['alarm'],
      registers,
    }),
    webhooks: new Counter({
      name: 'onsale_webhooks_total',
      help: 'Webhook calls received, by what was done with them.',
      labelNames: ['result'],
      registers,
    }),
  };
}
