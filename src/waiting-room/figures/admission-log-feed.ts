import { setTimeout as pause } from 'node:timers/promises';

import type { Platform } from '../../platform/index.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import { findRoom, readAdmissionLog, type AdmissionLogRow } from '../store/admission-log.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';
import { cursorBehind, numberAfter } from './admission-log.ts';
import type { RoomChannel, RoomSubscriber } from './room-subscriber.ts';

/** Lines of one update: some 60 kB. */
const MAX_LINES_PER_UPDATE = 500;
/** Between two full updates of a subscriber, who reads the log from its beginning: 5,000 lines a second. */
const CATCH_UP_PAUSE_MS = 100;

/** Lines of a log as a subscription sends them. */
export interface AdmissionLogUpdate {
  __typename: 'AdmissionLogUpdate';
  entries: AdmissionLogRow[];
  cursor: string;
}

type FeedPlatform = Pick<Platform, 'db' | 'log'>;
type LogSubscriber = RoomSubscriber<AdmissionLogUpdate>;

/** The logs of rooms for their subscribers in this process; Postgres is read when a room's last number has grown. */
export class AdmissionLogFeed {
  readonly #platform: FeedPlatform;
  readonly #channels = new Map<string, AdmissionLogChannel>();

  constructor(platform: FeedPlatform) {
    this.#platform = platform;
  }

  /** The channel of a room, closed or not. */
  channelOf(room: RoomRow): RoomChannel<AdmissionLogUpdate> {
    const name = `${room.eventId} ${room.generation}`;
    let channel = this.#channels.get(name);
    if (channel === undefined)
      this.#channels.set(name, (channel = new AdmissionLogChannel(this.#platform, room)));
    return channel;
  }

  /** The rooms that are not closed were read. */
  onRooms(rooms: ReadonlyMap<string, RoomRow>): void {
    for (const [name, channel] of this.#channels) {
      if (channel.isEmpty) this.#channels.delete(name);
      else channel.onRoom(rooms.get(channel.room.eventId) ?? null);
    }
  }
}

interface Reader {
  subscriber: LogSubscriber;
  after: number;
  isReading: boolean;
}

class AdmissionLogChannel implements RoomChannel<AdmissionLogUpdate> {
  readonly room: RoomKey;
  readonly #platform: FeedPlatform;
  readonly #readers = new Map<LogSubscriber, Reader>();
  readonly #readShared = singleFlight((after) => this.#read(Number(after)));
  #logged: number;
  #isSettled: boolean;
  #looking = false;

  constructor(platform: FeedPlatform, room: RoomRow) {
    this.#platform = platform;
    this.room = { eventId: room.eventId, generation: room.generation };
    this.#logged = room.logged;
    this.#isSettled = room.isSettled;
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  join(after: string | null, subscriber: LogSubscriber): readonly AdmissionLogUpdate[] {
    const reader = { subscriber, after: numberAfter(this.room, after), isReading: false };
    this.#readers.set(subscriber, reader);
    void this.#advance(reader);
    return [];
  }

  leave(subscriber: LogSubscriber): void {
    this.#readers.delete(subscriber);
  }

  /** `current`: the Event's room that is not closed. */
  onRoom(current: RoomRow | null): void {
    if (current?.generation === this.room.generation) this.#logged = current.logged;
    else if (!this.#isSettled) void this.#lookAtClosedRoom();
    for (const reader of this.#readers.values()) void this.#advance(reader);
  }

  async #lookAtClosedRoom(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const { eventId, generation } = this.room;
      const room = await findRoom(this.#platform.db, eventId, generation);
      this.#logged = room?.logged ?? this.#logged;
      this.#isSettled = room?.isSettled ?? true;
    } catch (error) {
      this.#platform.log.debug({ err: error }, 'waiting room not read');
    }
    this.#looking = false;
  }

  /** Send a subscriber what it lacks. */
  async #advance(reader: Reader): Promise<void> {
    if (reader.isReading) return;
    reader.isReading = true;
    try {
      while (this.#isOpen(reader) && reader.after < this.#logged) {
        const entries = await this.#readShared(String(reader.after));
        const last = entries.at(-1);
        if (last === undefined || !this.#isOpen(reader)) break;
        reader.after = last.number;
        reader.subscriber.onUpdate({
          __typename: 'AdmissionLogUpdate',
          entries,
          cursor: cursorBehind(this.room, last),
        });
        if (entries.length === MAX_LINES_PER_UPDATE)
          await pause(CATCH_UP_PAUSE_MS, undefined, { ref: false });
      }
      if (this.#isSettled && reader.after >= this.#logged && this.#readers.delete(reader.subscriber))
        reader.subscriber.complete();
    } catch (error) {
      this.#platform.log.debug({ err: error }, 'log of admissions not read'); // tried again after the next second
    }
    reader.isReading = false;
  }

  #isOpen(reader: Reader): boolean {
    return this.#readers.get(reader.subscriber) === reader;
  }

  #read(after: number): Promise<AdmissionLogRow[]> {
    const room = { ...this.room, logged: this.#logged, isSettled: this.#isSettled };
    return readAdmissionLog(this.#platform.db, room, { after, limit: MAX_LINES_PER_UPDATE });
  }
}
