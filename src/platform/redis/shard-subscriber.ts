import type { Redis, RedisOptions } from 'ioredis';

import { SILENT_MS } from './shards.ts';

/** Options of a subscriber connection. */
export const SUBSCRIBER_OPTIONS = {
  lazyConnect: true,
  enableOfflineQueue: false,
  enableAutoPipelining: false,
  autoResubscribe: false, // Subscriptions does it, on the shard that has the slot by then
  retryStrategy: () => null, // Subscriptions opens another
  commandTimeout: 1_000,
  socketTimeout: SILENT_MS,
} satisfies RedisOptions;

export interface ShardSubscriberEvents {
  onMessage: (channel: string, message: string) => void;
  /** The node ended subscriptions, because it no longer has their slot. */
  onSlotMoved: () => void;
  /** The connection is closed. */
  onEnd: (reason: string) => void;
}

/** A connection to one shard for its channels of sharded pub/sub, until it breaks or is closed. */
export class ShardSubscriber {
  /** Channels with a confirmed subscription. */
  readonly activeChannels = new Set<string>();
  readonly #redis: Redis;
  readonly #connected: Promise<void>;
  #slotMoves = 0;

  constructor(redis: Redis, { onMessage, onSlotMoved, onEnd }: ShardSubscriberEvents) {
    this.#redis = redis;
    let reason = 'closed';
    redis.on('smessage', onMessage);
    redis.on('error', (error) => (reason = error.message));
    redis.on('moved', () => {
      // ioredis does not report which channels (see its DataHandler); subscribing twice is harmless
      this.#slotMoves++;
      this.activeChannels.clear();
      onSlotMoved();
    });
    // a connection that only receives would not notice that it is dead
    const pingTimer = setInterval(() => void redis.ping().catch(() => {}), SILENT_MS).unref();
    redis.on('end', () => {
      clearInterval(pingTimer);
      this.activeChannels.clear();
      onEnd(reason);
    });
    this.#connected = redis.connect().catch(() => {}); // reported by 'end'
  }

  /** Subscribe to a channel; `false` if that failed. */
  async subscribe(channel: string): Promise<boolean> {
    await this.#connected;
    const slotMoves = this.#slotMoves;
    try {
      await this.#redis.ssubscribe(channel);
    } catch (error) {
      if (error instanceof Error && error.message === 'Command timed out') this.close(); // half-open
      return false;
    }
    if (slotMoves !== this.#slotMoves) return false;
    this.activeChannels.add(channel);
    return true;
  }

  unsubscribe(channel: string): void {
    if (this.activeChannels.delete(channel)) this.#redis.sunsubscribe(channel).catch(() => {}); // the connection is closed
  }

  close(): void {
    this.#redis.disconnect();
  }
}
