import { singleFlight } from '../../platform/single-flight.ts';
import type { BoardReader } from '../board/board-reader.ts';
import type { Boards } from '../board/boards.ts';
import { generationFor } from '../board/feed-heartbeat.ts';
import { seatMapChannel } from '../board/keys.ts';
import { loadEventSeating } from '../load-seating.ts';
import type { SeatMapPlatform } from '../platform.ts';
import { Channel, type ChannelTimes } from './channel.ts';
import { MapSource } from './map-source.ts';

/** What all channels of a process share. */
export interface ChannelsParts {
  platform: SeatMapPlatform;
  boards: Boards;
  reader: BoardReader;
  times: Partial<ChannelTimes>;
  /** Called with the key of the Event whenever the map of an open channel changes. */
  changed: (eventId: string) => void;
}

const TIMES: ChannelTimes = {
  coalesceMs: 50,
  probeMs: 5_000,
  awayForMs: 1_500,
  pollMs: 2_000,
  metadataTtlMs: 30_000,
  lingerMs: 5_000,
};

/** How often to look after all channels. */
const LOOK_EVERY_MS = 500;
/** However many Events are followed, Postgres is asked for so many maps at once. */
const AT_ONCE = 4;

/** The channels of this process, one per Event that somebody follows. One clock looks after all of them. */
export class Channels implements AsyncDisposable {
  readonly #parts: ChannelsParts;
  readonly #times: ChannelTimes;
  readonly #open = new Map<string, Channel>();
  /** The Events whose channels are being opened, and whether they have changed since they were read. */
  readonly #opening = new Map<string, 'unchanged' | 'changed'>();
  readonly #openShared = singleFlight((eventId: string) => this.#openOne(eventId));
  #clock: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #closed = false;

  constructor(parts: ChannelsParts) {
    this.#parts = parts;
    this.#times = { ...TIMES, ...parts.times };
  }

  /** The channel of an Event, open. Null: there is no such Event, or it has no tickets. */
  async get(eventId: string): Promise<Channel | null> {
    const open = this.#open.get(eventId);
    if (open && !open.isGone) {
      open.want();
      return open;
    }
    if (open) this.#close(eventId, open);
    return this.#openShared(eventId);
  }

  /** Tell whether the Event has a channel. */
  has(eventId: string): boolean {
    return this.#open.has(eventId);
  }

  /** Let the channels of these Events read them again; null: all of them, but not all at once. */
  eventsChanged(eventIds: readonly string[] | null): void {
    if (eventIds === null) for (const channel of this.#open.values()) channel.eventMayHaveChanged();
    else for (const eventId of eventIds) this.#open.get(eventId)?.eventChanged();
    for (const eventId of eventIds ?? [...this.#opening.keys()]) {
      if (this.#opening.has(eventId)) this.#opening.set(eventId, 'changed');
    }
  }

  async #openOne(eventId: string): Promise<Channel | null> {
    this.#opening.set(eventId, 'unchanged');
    try {
      const channel = await this.#makeOne(eventId);
      if (this.#opening.get(eventId) === 'changed') channel?.eventChanged();
      return channel;
    } finally {
      this.#opening.delete(eventId);
    }
  }

  async #makeOne(eventId: string): Promise<Channel | null> {
    const { platform, boards, reader } = this.#parts;
    const house = await loadEventSeating(platform.db, eventId);
    if (house === null) return null;
    const source = new MapSource(eventId, { db: platform.db, boards, reader });
    const changed = () => this.#parts.changed(eventId);
    const channel = new Channel({ house, source, times: this.#times, log: platform.log, changed });
    const name = seatMapChannel(platform.redis.prefix, eventId);
    try {
      await platform.subscriptions.add(name, channel); // first listen, then read: nothing falls between
      await channel.open();
    } catch (error) {
      platform.subscriptions.remove(name);
      throw error;
    }
    this.#open.set(eventId, channel);
    this.#count();
    if (this.#closed) this.#close(eventId, channel);
    else this.#clock ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
    return channel;
  }

  #look(): void {
    this.#looking ??= this.#lookAfterAll().finally(() => {
      this.#looking = null;
    });
  }

  async #lookAfterAll(): Promise<void> {
    const { boards } = this.#parts;
    const feed = await boards.feed();
    const all = this.#open.entries();
    const worker = async () => {
      for (const [eventId, channel] of all) {
        if (channel.isForgotten()) this.#close(eventId, channel);
        else await channel.lookAfter(boards.isAway(eventId) ? null : generationFor(feed, eventId));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  #close(eventId: string, channel: Channel): void {
    const { redis, subscriptions } = this.#parts.platform;
    channel.close();
    this.#open.delete(eventId);
    subscriptions.remove(seatMapChannel(redis.prefix, eventId));
    this.#count();
    if (this.#open.size > 0) return;
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  #count(): void {
    this.#parts.platform.metrics.seatMapChannels.set(this.#open.size);
  }

  async [Symbol.asyncDispose]() {
    this.#closed = true;
    clearInterval(this.#clock);
    for (const [eventId, channel] of this.#open) this.#close(eventId, channel);
    await this.#looking;
  }
}
