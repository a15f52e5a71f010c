import type { Redis, RedisOptions } from 'ioredis';

import { SILENT_MS } from './shards.ts';

/** What a connection that listens has otherwise than one that commands are given to. */
export const LINE_OPTIONS = {
  lazyConnect: true,
  enableOfflineQueue: false,
  enableAutoPipelining: false,
  autoResubscribe: false, // done by Subscriptions, which knows where, and tells when it is done
  retryStrategy: () => null, // likewise
  commandTimeout: 1_000,
  socketTimeout: SILENT_MS,
} satisfies RedisOptions;

/** What a line tells. */
export interface LineEvents {
  onMessage: (channel: string, message: string) => void;
  /** Subscriptions were ended by the other side, which does not have their slot any more. */
  onSlotMoved: () => void;
  /** The connection is no more. */
  ended: (reason: string) => void;
}

/** A connection to one shard that listens to channels, until it breaks or is closed. */
export class ShardSubscriber {
  /** The subscriptions that stand. */
  readonly activeChannels = new Set<string>();
  readonly #redis: Redis;
  readonly #connected: Promise<void>;
  #upsets = 0;

  constructor(redis: Redis, { onMessage: hear, onSlotMoved: upset, ended }: LineEvents) {
    this.#redis = redis;
    let reason = 'closed';
    redis.on('smessage', hear);
    redis.on('error', (error) => (reason = error.message));
    redis.on('moved', () => {
      // ioredis does not say which, see DataHandler; to subscribe twice is harmless
      this.#upsets++;
      this.activeChannels.clear();
      upset();
    });
    // whoever only listens would not notice that nothing can come any more
    const pingTimer = setInterval(() => void redis.ping().catch(() => {}), SILENT_MS).unref();
    redis.on('end', () => {
      clearInterval(pingTimer);
      this.activeChannels.clear();
      ended(reason);
    });
    this.#connected = redis.connect().catch(() => {}); // 'end' says it
  }

  /** Subscribe to a channel. `false`: it does not stand. */
  async subscribe(channel: string): Promise<boolean> {
    await this.#connected;
    const upsets = this.#upsets;
    try {
      await this.#redis.ssubscribe(channel);
    } catch (error) {
      if (error instanceof Error && error.message === 'Command timed out') this.close(); // it is dead, and does not know
      return false;
    }
    if (upsets !== this.#upsets) return false;
    this.activeChannels.add(channel);
    return true;
  }

  /** Listen to a channel no more. */
  unsubscribe(channel: string): void {
    if (this.activeChannels.delete(channel)) this.#redis.sunsubscribe(channel).catch(() => {}); // it is gone anyway
  }

  /** Hang up. */
  close(): void {
    this.#redis.disconnect();
  }
}
