import { Redis } from 'ioredis';

import type { Log } from '../platform/telemetry/log.ts';

const OPTIONS = {
  lazyConnect: true,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  autoResubscribe: false, // done here, where it is known when it is done
  connectTimeout: 1_000,
  retryStrategy: (attempt: number) => Math.min(50 * attempt, 1_000),
};

/** Who listens to a channel of Redis. */
export interface ChannelListener {
  /** A message came. */
  hear(message: string): void;
  /** The subscription stands, perhaps anew: messages may have been missed before. */
  subscribed(): void;
}

/**
 * The one connection of a process that listens to Redis, with one subscription per channel, by sharded pub/sub: on a
 * cluster a message goes to the one shard that has the Event. It connects when it is first needed; when Redis was
 * away it subscribes anew and says so.
 */
export class Subscriptions implements AsyncDisposable {
  readonly #listeners = new Map<string, ChannelListener>();
  readonly #connection: Redis | null;
  readonly #log: Log;

  constructor(redisUrl: string | null, log: Log) {
    this.#log = log;
    this.#connection = redisUrl === null ? null : new Redis(redisUrl, OPTIONS);
    this.#connection?.on('smessage', (channel: string, message: string) =>
      this.#listeners.get(channel)?.hear(message),
    );
    this.#connection?.on('ready', () => {
      for (const channel of this.#listeners.keys()) void this.#subscribe(channel);
    });
    this.#connection?.on('error', (error) => log.debug({ reason: error.message }, 'subscriptions wait'));
  }

  /** Listen to a channel; resolves once it is subscribed to, or Redis is away for now. */
  async add(channel: string, listener: ChannelListener): Promise<void> {
    this.#listeners.set(channel, listener);
    if (this.#connection?.status === 'wait') await this.#connection.connect().catch(() => {}); // it goes on trying
    if (this.#connection?.status === 'ready') await this.#subscribe(channel);
  }

  /** Listen no more. */
  remove(channel: string): void {
    this.#listeners.delete(channel);
    if (this.#connection?.status === 'ready') this.#connection.sunsubscribe(channel).catch(() => {}); // it is gone anyway
  }

  async #subscribe(channel: string): Promise<void> {
    try {
      await this.#connection?.ssubscribe(channel);
      this.#listeners.get(channel)?.subscribed();
    } catch (error) {
      // Redis went away again; 'ready' will come
      this.#log.debug({ reason: error instanceof Error ? error.message : error }, 'not subscribed');
    }
  }

  async [Symbol.asyncDispose]() {
    this.#listeners.clear();
    this.#connection?.disconnect();
  }
}
