import { singleFlight } from '../single-flight.ts';
import type { Log } from '../telemetry/log.ts';
import type { RedisHelper } from './client.ts';
import { ShardSubscriber, SUBSCRIBER_OPTIONS } from './shard-subscriber.ts';

/** The subscriber of a channel. */
export interface ChannelListener {
  onMessage(message: string): void;
  /** The subscription is confirmed, for the first time or after a reconnect: messages before it may have been lost. */
  subscribed(): void;
}

/** Exponential backoff while a node is unavailable or slots are being moved. */
const MIN_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 1_000;

/**
 * The subscriptions of a process, by sharded pub/sub: on a cluster only the shard of the channel carries its messages. One
 * connection per shard, opened on first use. A lost subscription is renewed on the shard that has the channel by then.
 */
export class Subscriptions implements AsyncDisposable {
  readonly #shards: RedisHelper['shards'];
  readonly #log: Log;
  readonly #listeners = new Map<string, ChannelListener>();
  readonly #subscribers = new Map<string, ShardSubscriber>();
  readonly #subscribe = singleFlight((channel) => this.#subscribeNow(channel));
  #backoffMs = MIN_BACKOFF_MS;
  #retryTimer: NodeJS.Timeout | undefined;

  constructor({ shards }: Pick<RedisHelper, 'shards'>, log: Log) {
    this.#shards = shards;
    this.#log = log;
    shards?.onChange(() => this.#reconcile());
  }

  /** Subscribe to a channel, replacing its listener; resolves once subscribed, or if Redis is unavailable. */
  async add(channel: string, listener: ChannelListener): Promise<void> {
    this.#listeners.set(channel, listener);
    await this.#subscribe(channel);
  }

  remove(channel: string): void {
    this.#listeners.delete(channel);
    for (const subscriber of this.#subscribers.values()) subscriber.unsubscribe(channel);
  }

  /** Renew subscriptions that are lost or on the wrong shard, and close connections without any. */
  #reconcile(): void {
    const wanted = new Set<ShardSubscriber | null>();
    for (const channel of this.#listeners.keys()) {
      const subscriber = this.#subscriberFor(channel);
      wanted.add(subscriber);
      if (!subscriber?.activeChannels.has(channel)) void this.#subscribe(channel);
    }
    for (const subscriber of this.#subscribers.values()) if (!wanted.has(subscriber)) subscriber.close();
  }

  #reconcileLater(): void {
    if (this.#listeners.size === 0) return;
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = undefined;
      this.#backoffMs = Math.min(2 * this.#backoffMs, MAX_BACKOFF_MS);
      void this.#shards?.refreshSlots().then(() => this.#reconcile());
    }, this.#backoffMs);
  }

  async #subscribeNow(channel: string): Promise<void> {
    const subscriber = this.#subscriberFor(channel);
    const isSubscribed = await subscriber?.subscribe(channel);
    const listener = this.#listeners.get(channel);
    if (listener === undefined)
      subscriber?.unsubscribe(channel); // removed meanwhile
    else if (!isSubscribed) this.#reconcileLater();
    else {
      for (const other of this.#subscribers.values())
        if (other !== subscriber) other.activeChannels.delete(channel);
      this.#backoffMs = MIN_BACKOFF_MS;
      listener.subscribed();
    }
  }

  #subscriberFor(channel: string): ShardSubscriber | null {
    const shard = this.#shards?.of(channel) ?? null;
    if (shard === null) return null;
    const open = this.#subscribers.get(shard);
    if (open) return open;
    const redis = this.#shards?.open(shard, SUBSCRIBER_OPTIONS) ?? null;
    if (redis === null) return null;
    const subscriber: ShardSubscriber = new ShardSubscriber(redis, {
      onMessage: (of, message) => this.#listeners.get(of)?.onMessage(message),
      onSlotMoved: () => this.#reconcileLater(),
      onEnd: (reason) => {
        this.#log.debug({ shard, reason }, 'subscriber connection closed');
        if (this.#subscribers.get(shard) === subscriber) this.#subscribers.delete(shard);
        this.#reconcileLater();
      },
    });
    this.#subscribers.set(shard, subscriber);
    return subscriber;
  }

  async [Symbol.asyncDispose]() {
    clearTimeout(this.#retryTimer);
    this.#listeners.clear();
    for (const subscriber of this.#subscribers.values()) subscriber.close();
  }
}
