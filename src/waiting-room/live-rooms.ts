import type { Platform } from '../platform/index.ts';
import { settlesWithin } from '../platform/settles-within.ts';
import { readRooms, type RoomRow } from './store/rooms.ts';

/** With the duration of a read, what this process knows of rooms is at most 2 s old. */
const REFRESH_INTERVAL_MS = 1_000;
/** Requests that come before the first read wait for it. */
const FIRST_READ_MS = 3_000;

/** The rooms that are not closed, as this process knows them: read from Postgres every second. While it is away the last ones stay. */
export class LiveRooms implements AsyncDisposable {
  readonly #platform: Pick<Platform, 'db' | 'log'>;
  readonly #timer: NodeJS.Timeout;
  #rooms: ReadonlyMap<string, RoomRow> | null = null;
  #reading: Promise<void> | null = null;

  constructor(platform: Pick<Platform, 'db' | 'log'>) {
    this.#platform = platform;
    void this.refresh();
    this.#timer = setInterval(() => void this.refresh(), REFRESH_INTERVAL_MS).unref();
  }

  /** The room of an Event; null: it needs no admission. */
  async of(eventId: string): Promise<RoomRow | null> {
    if (this.#rooms === null) await settlesWithin(this.refresh(), FIRST_READ_MS);
    return this.#rooms?.get(eventId) ?? null;
  }

  /** Read the rooms now, or join the read that is under way. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const rooms = await readRooms(this.#platform.db);
      this.#rooms = new Map(rooms.map((room) => [room.eventId, room]));
    } catch (error) {
      this.#platform.log.debug({ err: error }, 'waiting rooms not read');
    }
  }

  async [Symbol.asyncDispose]() {
    clearInterval(this.#timer);
    await this.#reading;
  }
}
