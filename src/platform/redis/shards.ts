import { Redis, type Cluster, type RedisOptions } from 'ioredis';

import type { Log } from '../telemetry/log.ts';
import { warnOfEviction } from './eviction.ts';

/** The URL of a single Redis, or URLs of some nodes of a cluster. */
export type RedisUrl = string | readonly string[];

export type RedisConnection = Redis | Cluster;

/** Redis as shards: one for a single server, else those of the cluster. */
export interface Shards {
  readonly connection: RedisConnection;
  /** The name of the shard of a key or a sharded channel. Null: unknown at the moment. */
  of(key: string): string | null;
  /** Names of all shards that have slots. */
  all(): string[];
  /** Whether the connection to a shard is ready. */
  isReady(shard: string): boolean;
  /** Create another connection to a shard, not connected yet. Null: its address is unknown at the moment. */
  open(shard: string, options: RedisOptions): Redis | null;
  /** Refresh the slot table; resolves when that succeeded or failed. */
  refreshSlots(): Promise<void>;
  /** Call `listener` when connections open or close, and after each refresh of the slot table. */
  onChange(listener: () => void): void;
  close(): void;
}

/** Default timeout of a command: a slower seat lock costs more than going to Postgres directly. */
export const COMMAND_MS = 250;

/**
 * A connection without a reply for this long is half-open: a host lost power, a firewall dropped its state. TCP notices
 * after some 15 minutes; a new connection may work at once.
 */
export const SILENT_MS = 3_000;

/** Options of a command connection. */
export const commandOptions = (commandMs: number) =>
  ({
    enableReadyCheck: false, // its INFO is subject to commandTimeout, and startup blocks the event loop for longer than that
    maxRetriesPerRequest: 0,
    commandTimeout: commandMs,
    socketTimeout: Math.max(SILENT_MS, commandMs),
    connectTimeout: 1_000,
  }) satisfies RedisOptions;

/** Connect to a single Redis. */
export function connectToOne(url: string, log: Log, commandMs = COMMAND_MS): Shards {
  const connection = new Redis(url, {
    ...commandOptions(commandMs),
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  const listeners: (() => void)[] = [];
  for (const event of ['ready', 'close'])
    connection.on(event, () => {
      for (const listener of listeners) listener();
    });
  connection.on('ready', () => {
    log.info('redis ready');
    void warnOfEviction(connection, log);
  });
  connection.on('error', (error) => log.warn({ reason: error.message }, 'redis unavailable'));
  return {
    connection,
    of: () => 'redis',
    all: () => ['redis'],
    isReady: () => connection.status === 'ready',
    open: (_shard, options) => connection.duplicate(options),
    refreshSlots: async () => {},
    onChange: (listener) => void listeners.push(listener),
    close: () => connection.disconnect(),
  };
}
