import { Redis, type Cluster, type RedisOptions } from 'ioredis';

import type { Log } from '../telemetry/log.ts';

/** The URL of a Redis; or the URLs of some nodes of a cluster, which know the others. */
export type RedisUrl = string | readonly string[];

/** What commands are given to. */
export type RedisConnection = Redis | Cluster;

/** A Redis as the shards it consists of: a single one, or those of a cluster. */
export interface Shards {
  readonly connection: RedisConnection;
  /** Name the shard that has a key, or a sharded channel. Null: nobody knows now. */
  of(key: string): string | null;
  /** Name all of them that have any keys. */
  all(): string[];
  /** Tell whether commands can be sent to a shard right now. */
  isReady(shard: string): boolean;
  /** Make another connection to a shard, which connects when it is told to. Null: nobody knows its address now. */
  open(shard: string, options: RedisOptions): Redis | null;
  /** Find out anew which of them has what; resolves when that is known, or cannot be known now. */
  look(): Promise<void>;
  /** Be told when connections come or go, and each time it was found out which of them has what. */
  onChange(listener: () => void): void;
  close(): void;
}

/** A seat lock that takes longer is worth less than asking Postgres directly. */
export const COMMAND_MS = 250;

/**
 * Whoever was asked something and says nothing for so long is gone, or the line is dead and does not know: a host that lost
 * power, a firewall that forgot. The kernel finds out after a quarter of an hour; another connection may be answered at once.
 */
export const SILENT_MS = 3_000;

/** What every connection that commands are given to has. */
export const commandOptions = (commandMs: number) =>
  ({
    enableReadyCheck: false, // its INFO falls under commandTimeout, too, and a start keeps the event loop busy for longer
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
  connection.on('ready', () => log.info('redis ready'));
  connection.on('error', (error) => log.warn({ reason: error.message }, 'redis away'));
  return {
    connection,
    of: () => 'redis',
    all: () => ['redis'],
    isReady: () => connection.status === 'ready',
    open: (_shard, options) => connection.duplicate(options),
    look: async () => {},
    onChange: (listener) => void listeners.push(listener),
    close: () => connection.disconnect(),
  };
}
