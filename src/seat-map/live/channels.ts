import { CodedError } from '../../platform/errors.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import type { BoardReader } from '../board/board-reader.ts';
import type { Boards } from '../board/boards.ts';
import { generationFor } from '../board/feed-heartbeat.ts';
import { seatMapChannel } from '../board/keys.ts';
import { loadEventSeating } from '../load-seating.ts';
import type { SeatMapPlatform } from '../seat-maps.ts';
import type { EventSeating } from '../snapshot.ts';
import { DEFAULT_CHANNEL_TIMES, type ChannelTimes } from './channel-times.ts';
import { Channel, type RefuseSubscriber } from './channel.ts';
import { MapSource } from './map-source.ts';

export interface ChannelsParts {
  platform: SeatMapPlatform;
  boards: Boards;
  reader: BoardReader;
  times: Partial<ChannelTimes>;
  /** Called with the Event's key whenever the map of an open channel changes. */
  onChange: (eventId: string) => void;
  /** Whom a waiting room hides a map from. */
  refuse: RefuseSubscriber;
}

const MAINTENANCE_INTERVAL_MS = 500;
/** Bounds concurrent reads of maps from Postgres, however many channels are open. */
const MAX_CONCURRENT_MAINTENANCE = 4;

/** The open channels of this process, at most one per Event, maintained by one timer. */
export class Channels implements AsyncDisposable {
  readonly #parts: ChannelsParts;
  readonly #times: ChannelTimes;
  readonly #open = new Map<string, Channel>();
  /** Events whose channel is being opened, and whether a change was notified after they were loaded. */
  readonly #opening = new Map<string, 'unchanged' | 'changed'>();
  readonly #openShared = singleFlight((eventId: string) => this.#openTracked(eventId));
  #maintenanceTimer: NodeJS.Timeout | undefined;
  #maintenance: Promise<void> | null = null;
  #closed = false;
  #openPlaces = 0;

  constructor(parts: ChannelsParts) {
    this.#parts = parts;
    this.#times = { ...DEFAULT_CHANNEL_TIMES, ...parts.times };
  }

  /** The open channel of an Event. Null: there is no such Event, or it has no tickets. */
  async get(eventId: string): Promise<Channel | null> {
    const open = this.#open.get(eventId);
    if (open && !open.isRemoved) {
      open.touch();
      return open;
    }
    if (open) this.#close(eventId, open);
    return this.#openShared(eventId);
  }

  /** Whether the Event has an open channel. */
  has(eventId: string): boolean {
    return this.#open.has(eventId);
  }

  /** Waiting rooms or visits have changed: end the subscriptions that are refused now. */
  reauthorize(): void {
    for (const channel of this.#open.values()) channel.reauthorize();
  }

  /** Reload these Events now; null: reload every Event during the next maintenance, which bounds the concurrency. */
  eventsChanged(eventIds: readonly string[] | null): void {
    if (eventIds === null) for (const channel of this.#open.values()) channel.scheduleReload();
    else for (const eventId of eventIds) this.#open.get(eventId)?.reloadEvent();
    for (const eventId of eventIds ?? [...this.#opening.keys()]) {
      if (this.#opening.has(eventId)) this.#opening.set(eventId, 'changed');
    }
  }

  async #openTracked(eventId: string): Promise<Channel | null> {
    this.#opening.set(eventId, 'unchanged');
    try {
      const channel = await this.#create(eventId);
      if (this.#opening.get(eventId) === 'changed') channel?.reloadEvent();
      return channel;
    } finally {
      this.#opening.delete(eventId);
    }
  }

  async #create(eventId: string): Promise<Channel | null> {
    const seating = await loadEventSeating(this.#parts.platform.db, eventId);
    if (seating === null) return null;
    const { places } = seating.plan;
    if (this.#openPlaces + places > this.#times.maxOpenPlaces) throw tooManyMaps();
    this.#openPlaces += places; // before the first await, so that concurrent openings count each other
    try {
      return await this.#openChannel(eventId, seating);
    } catch (error) {
      this.#openPlaces -= places;
      throw error;
    }
  }

  async #openChannel(eventId: string, seating: EventSeating): Promise<Channel> {
    const { platform, boards, reader, refuse } = this.#parts;
    const source = new MapSource(eventId, { db: platform.db, boards, reader });
    const onChange = () => this.#parts.onChange(eventId);
    const channel = new Channel({ seating, source, times: this.#times, log: platform.log, onChange, refuse });
    const name = seatMapChannel(platform.redis.prefix, eventId);
    try {
      await platform.subscriptions.add(name, channel); // before the read, so that no delta is lost between the two
      await channel.open();
    } catch (error) {
      platform.subscriptions.remove(name);
      throw error;
    }
    this.#open.set(eventId, channel);
    this.#updateGauge();
    if (this.#closed) this.#close(eventId, channel);
    else this.#maintenanceTimer ??= setInterval(() => this.#startMaintenance(), MAINTENANCE_INTERVAL_MS);
    return channel;
  }

  #startMaintenance(): void {
    this.#maintenance ??= this.#maintainAll().finally(() => {
      this.#maintenance = null;
    });
  }

  async #maintainAll(): Promise<void> {
    const { boards } = this.#parts;
    const heartbeat = await boards.readHeartbeat();
    const all = this.#open.entries();
    const worker = async () => {
      for (const [eventId, channel] of all) {
        if (channel.isIdle()) this.#close(eventId, channel);
        else await channel.maintain(boards.isUnavailable(eventId) ? null : generationFor(heartbeat, eventId));
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT_MAINTENANCE }, worker));
  }

  #close(eventId: string, channel: Channel): void {
    const { redis, subscriptions } = this.#parts.platform;
    channel.close();
    this.#open.delete(eventId);
    this.#openPlaces -= channel.places;
    subscriptions.remove(seatMapChannel(redis.prefix, eventId));
    this.#updateGauge();
    if (this.#open.size > 0) return;
    clearInterval(this.#maintenanceTimer);
    this.#maintenanceTimer = undefined;
  }

  #updateGauge(): void {
    this.#parts.platform.metrics.seatMapChannels.set(this.#open.size);
  }

  async [Symbol.asyncDispose]() {
    this.#closed = true;
    clearInterval(this.#maintenanceTimer);
    for (const [eventId, channel] of this.#open) this.#close(eventId, channel);
    await this.#maintenance;
  }
}

function tooManyMaps(): CodedError {
  return new CodedError('SERVICE_UNAVAILABLE', 'Too many seat maps are open on this server.', {
    retryAfterSeconds: 5,
  });
}
