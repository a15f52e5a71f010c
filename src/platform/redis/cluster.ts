import { Cluster, type Redis } from 'ioredis';

import type { Log } from '../telemetry/log.ts';
import { COMMAND_MS, commandOptions, type Shards } from './shards.ts';
import { slotOf } from './slots.ts';

/** Whatever nobody noticed otherwise is noticed by then; each time costs a connection. */
const LOOK_EVERY_MS = 5_000;
/** How often to look while a node is away: it comes back, or another takes over what it had. */
const LOOK_AGAIN_MS = 500;

/** Connect to a cluster, by way of some of its nodes. */
export function connectToCluster(urls: readonly string[], log: Log, commandMs = COMMAND_MS): Shards {
  const connection = new Cluster([...urls], {
    enableOfflineQueue: false,
    enableReadyCheck: false, // a shard that is away is no reason to do without the others
    // Of commands that went out together and fare differently ioredis sends none again: MOVED would reach the caller. They
    // cost no more one by one, some 10 µs.
    enableAutoPipelining: false,
    // Nobody waits for who cannot be asked now.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 50, // the keys of a script are on their way to another node
    slotsRefreshInterval: LOOK_EVERY_MS,
    dnsLookup: (name, done) => done(null, name), // certificates are made out to names
    redisOptions: { ...commandOptions(commandMs), ...credentialsIn(urls[0]!) },
  });
  const nodes = new Map<string, Redis>();
  const away = new Set<string>();
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const look = () => new Promise<void>((resolve) => connection.refreshSlotsCache(() => resolve()));
  let lookingAgain: NodeJS.Timeout | undefined;
  let closed = false;

  connection.on('+node', (node: Redis) => {
    const name = nameOf(node);
    nodes.set(name, node);
    node.once('ready', () => {
      away.delete(name);
      log.info({ node: name }, 'redis ready');
      changed();
    });
    node.connect().catch(() => {}); // 'node error' says it
  });
  connection.on('-node', (node: Redis) => {
    if (nodes.get(nameOf(node)) === node) nodes.delete(nameOf(node));
    if (closed) return;
    lookingAgain ??= setTimeout(() => {
      lookingAgain = undefined;
      void look(); // finds the node again, and tries to connect, for as long as it has slots
    }, LOOK_AGAIN_MS);
    changed();
  });
  connection.on('node error', (error: Error, name: string) => {
    if (!away.has(name)) log.warn({ node: name, reason: error.message }, 'redis away');
    away.add(name); // said once, until it is connected again
  });
  connection.on('refresh', () => {
    for (const name of away) if (nodes.get(name)?.status === 'ready') away.delete(name);
  });
  connection.on('error', (error: Error & { lastNodeError?: Error }) => {
    log.warn(
      { reason: error.lastNodeError?.message ?? error.message },
      'no node of the redis cluster answers',
    );
  });
  for (const event of ['refresh', 'ready', 'close']) connection.on(event, changed);

  return {
    connection,
    of: (key) => connection.slots[slotOf(key)]?.[0] ?? null,
    all: () => [...new Set(connection.slots.flatMap(([master]) => master ?? []))],
    isReady: (shard) => connection.status === 'ready' && nodes.get(shard)?.status === 'ready',
    open: (shard, options) => nodes.get(shard)?.duplicate({ ...options, readOnly: false }) ?? null,
    look,
    onChange: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      connection.disconnect();
      clearTimeout(lookingAgain);
    },
  };
}

const nameOf = ({ options }: Redis): string => `${options.host}:${options.port}`;

/** The cluster tells addresses of its nodes, but not how to log in to them. */
function credentialsIn(url: string) {
  const { protocol, username, password } = new URL(url);
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}
