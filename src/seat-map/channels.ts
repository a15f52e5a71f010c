import { share } from '../platform/share.ts';
import type { BoardReader } from './board-reader.ts';
import type { Boards } from './boards.ts';
import { Channel, type ChannelTimes } from './channel.ts';
import { seatMapChannel } from './keys.ts';
import { MapSource } from './map-source.ts';
import type { SeatMapPlatform } from './open-seat-maps.ts';
import { readHouse } from './read-house.ts';
import { Subscriptions } from './subscriptions.ts';

/** What all channels of a process share. */
export interface ChannelsParts {
  platform: SeatMapPlatform;
  boards: Boards;
  reader: BoardReader;
  redisUrl: string | null;
  times: Partial<ChannelTimes>;
}

const TIMES: ChannelTimes = {
  gatherMs: 50,
  probeMs: 5_000,
  awayForMs: 1_500,
  pollMs: 2_000,
  houseMs: 30_000,
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
  readonly #subscriptions: Subscriptions;
  readonly #open = new Map<string, Channel>();
  readonly #openShared = share((eventId: string) => this.#openOne(eventId));
  #clock: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #closed = false;

  constructor(parts: ChannelsParts) {
    this.#parts = parts;
    this.#times = { ...TIMES, ...parts.times };
    this.#subscriptions = new Subscriptions(parts.redisUrl, parts.platform.log);
  }

  /** The channel of an Event, open. Null: there is no such Event, or it has no tickets. */
  async get(eventId: string): Promise<Channel | null> {
    const open = this.#open.get(eventId);
    if (open) {
      open.want();
      return open;
    }
    return this.#openShared(eventId);
  }

  async #openOne(eventId: string): Promise<Channel | null> {
    const { platform, boards, reader } = this.#parts;
    const house = await readHouse(platform.db, eventId);
    if (house === null) return null;
    const source = new MapSource(eventId, { db: platform.db, boards, reader });
    const channel = new Channel({ house, source, times: this.#times, log: platform.log });
    const name = seatMapChannel(platform.redis.prefix, eventId);
    try {
      await this.#subscriptions.add(name, channel); // first listen, then read: nothing falls between
      await channel.open();
    } catch (error) {
      this.#subscriptions.remove(name);
      throw error;
    }
    if (this.#closed) channel.close();
    this.#open.set(eventId, channel);
    this.#count();
    this.#clock ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
    return channel;
  }

  #look(): void {
    this.#looking ??= this.#lookAfterAll().finally(() => {
      this.#looking = null;
    });
  }

  async #lookAfterAll(): Promise<void> {
    const generation = await this.#parts.boards.generation();
    const all = this.#open.entries();
    const worker = async () => {
      for (const [eventId, channel] of all) {
        if (channel.isForgotten()) this.#close(eventId, channel);
        else await channel.lookAfter(generation);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  #close(eventId: string, channel: Channel): void {
    channel.close();
    this.#open.delete(eventId);
    this.#subscriptions.remove(seatMapChannel(this.#parts.platform.redis.prefix, eventId));
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
    for (const channel of this.#open.values()) channel.close();
    await this.#subscriptions[Symbol.asyncDispose]();
    await this.#looking;
  }
}
