import { Cluster, type Redis } from 'ioredis';

import type { Log } from '../telemetry/log.ts';
import { warnOfEviction } from './eviction.ts';
import { COMMAND_MS, commandOptions, type Shards } from './shards.ts';
import { slotOf } from './slots.ts';

/** Interval of the refresh that finds moved slots without an error; each refresh costs a connection. */
const SLOTS_REFRESH_MS = 5_000;
/** Interval of the refresh while a node is unavailable: it comes back, or a replica takes over its slots. */
const SLOTS_RETRY_MS = 500;

/** Connect to a cluster, starting from some of its nodes. */
export function connectToCluster(urls: readonly string[], log: Log, commandMs = COMMAND_MS): Shards {
  const connection = new Cluster([...urls], {
    enableOfflineQueue: false,
    enableReadyCheck: false, // an unavailable shard must not block the others
    // When pipelined commands fail differently, ioredis retries none, and MOVED reaches the caller. Single commands cost
    // some 10 µs more.
    enableAutoPipelining: false,
    // no waiting: callers have a fallback
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 50, // the keys of a script are being moved to another node
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    dnsLookup: (name, done) => done(null, name), // TLS certificates are issued for host names
    redisOptions: { ...commandOptions(commandMs), ...credentialsIn(urls[0]!) },
  });
  const nodes = new Map<string, Redis>();
  const unavailable = new Set<string>();
  const listeners: (() => void)[] = [];
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const refreshSlots = () => new Promise<void>((resolve) => connection.refreshSlotsCache(() => resolve()));
  let retryTimer: NodeJS.Timeout | undefined;
  let closed = false;

  connection.on('+node', (node: Redis) => {
    const name = nameOf(node);
    nodes.set(name, node);
    node.once('ready', () => {
      unavailable.delete(name);
      log.info({ node: name }, 'redis ready');
      void warnOfEviction(node, log, name);
      notify();
    });
    node.connect().catch(() => {}); // reported by 'node error'
  });
  connection.on('-node', (node: Redis) => {
    if (nodes.get(nameOf(node)) === node) nodes.delete(nameOf(node));
    if (closed) return;
    retryTimer ??= setTimeout(() => {
      retryTimer = undefined;
      void refreshSlots(); // emits '+node' again, and so reconnects, while the node has slots
    }, SLOTS_RETRY_MS);
    notify();
  });
  connection.on('node error', (error: Error, name: string) => {
    if (!unavailable.has(name)) log.warn({ node: name, reason: error.message }, 'redis unavailable');
    unavailable.add(name); // logged once per outage
  });
  connection.on('refresh', () => {
    for (const name of unavailable) if (nodes.get(name)?.status === 'ready') unavailable.delete(name);
  });
  connection.on('error', (error: Error & { lastNodeError?: Error }) => {
    log.warn({ reason: error.lastNodeError?.message ?? error.message }, 'redis cluster unavailable');
  });
  for (const event of ['refresh', 'ready', 'close']) connection.on(event, notify);

  return {
    connection,
    of: (key) => connection.slots[slotOf(key)]?.[0] ?? null,
    all: () => [...new Set(connection.slots.flatMap(([master]) => master ?? []))],
    isReady: (shard) => connection.status === 'ready' && nodes.get(shard)?.status === 'ready',
    open: (shard, options) => nodes.get(shard)?.duplicate({ ...options, readOnly: false }) ?? null,
    refreshSlots,
    onChange: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      connection.disconnect();
      clearTimeout(retryTimer);
    },
  };
}

const nameOf = ({ options }: Redis): string => `${options.host}:${options.port}`;

/** CLUSTER SLOTS returns addresses without credentials or TLS, so those of the first URL apply to all nodes. */
function credentialsIn(url: string) {
  const { protocol, username, password } = new URL(url);
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}
