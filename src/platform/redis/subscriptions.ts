import { singleFlight } from '../single-flight.ts';
import type { Log } from '../telemetry/log.ts';
import type { RedisHelper } from './client.ts';
import { ShardSubscriber, LINE_OPTIONS } from './shard-subscriber.ts';

/** Who listens to a channel of Redis. */
export interface ChannelListener {
  /** A message came. */
  onMessage(message: string): void;
  /** The subscription stands, perhaps anew: messages may have been missed before. */
  subscribed(): void;
}

/** At once nearly, then more and more slowly: what stopped us is a node that is away, or slots on their way to another. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * What a process listens to in Redis, by sharded pub/sub: on a cluster a message goes to the one shard that has the
 * channel. There is one connection per shard that is listened to, opened when it is first needed. A subscription that was
 * lost is made anew, where the channel is by then, and its listener is told so.
 */
export class Subscriptions implements AsyncDisposable {
  readonly #shards: RedisHelper['shards'];
  readonly #log: Log;
  readonly #listeners = new Map<string, ChannelListener>();
  readonly #lines = new Map<string, ShardSubscriber>();
  readonly #subscribe = singleFlight((channel) => this.#subscribeNow(channel));
  #pauseMs = FIRST_PAUSE_MS;
  #again: NodeJS.Timeout | undefined;

  constructor({ shards }: Pick<RedisHelper, 'shards'>, log: Log) {
    this.#shards = shards;
    this.#log = log;
    shards?.onChange(() => this.#settle());
  }

  /** Listen to a channel, in place of whoever did before; resolves once it is subscribed to, or Redis is away for now. */
  async add(channel: string, listener: ChannelListener): Promise<void> {
    this.#listeners.set(channel, listener);
    await this.#subscribe(channel);
  }

  /** Listen no more. */
  remove(channel: string): void {
    this.#listeners.delete(channel);
    for (const line of this.#lines.values()) line.unsubscribe(channel);
  }

  /** Subscribe to what is listened to and does not stand where it is now, and hang up where nothing is. */
  #settle(): void {
    const wanted = new Set<ShardSubscriber | null>();
    for (const channel of this.#listeners.keys()) {
      const line = this.#lineTo(channel);
      wanted.add(line);
      if (!line?.activeChannels.has(channel)) void this.#subscribe(channel);
    }
    for (const line of this.#lines.values()) if (!wanted.has(line)) line.close();
  }

  #settleLater(): void {
    if (this.#listeners.size === 0) return;
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
      void this.#shards?.look().then(() => this.#settle());
    }, this.#pauseMs);
  }

  async #subscribeNow(channel: string): Promise<void> {
    const line = this.#lineTo(channel);
    const stands = await line?.subscribe(channel);
    const listener = this.#listeners.get(channel);
    if (listener === undefined)
      line?.unsubscribe(channel); // nobody listens any more
    else if (!stands) this.#settleLater();
    else {
      for (const other of this.#lines.values()) if (other !== line) other.activeChannels.delete(channel);
      this.#pauseMs = FIRST_PAUSE_MS;
      listener.subscribed();
    }
  }

  #lineTo(channel: string): ShardSubscriber | null {
    const shard = this.#shards?.of(channel) ?? null;
    if (shard === null) return null;
    const open = this.#lines.get(shard);
    if (open) return open;
    const redis = this.#shards?.open(shard, LINE_OPTIONS) ?? null;
    if (redis === null) return null;
    const line: ShardSubscriber = new ShardSubscriber(redis, {
      onMessage: (of, message) => this.#listeners.get(of)?.onMessage(message),
      onSlotMoved: () => this.#settleLater(),
      ended: (reason) => {
        this.#log.debug({ shard, reason }, 'subscriptions wait');
        if (this.#lines.get(shard) === line) this.#lines.delete(shard);
        this.#settleLater();
      },
    });
    this.#lines.set(shard, line);
    return line;
  }

  async [Symbol.asyncDispose]() {
    clearTimeout(this.#again);
    this.#listeners.clear();
    for (const line of this.#lines.values()) line.close();
  }
}
