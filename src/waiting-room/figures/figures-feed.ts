import { isDeepStrictEqual } from 'node:util';

import type { RoomRow } from '../store/rooms.ts';
import { figuresOf } from './room-figures.ts';
import type { RoomChannel, RoomSubscriber } from './room-subscriber.ts';

/** Figures of a room as a subscription sends them. */
export type FiguresUpdate = ReturnType<typeof figuresOf> & { cursor: string };

/** The figures of rooms for their subscribers in this process, from what it reads each second for other reasons. */
export class FiguresFeed {
  readonly #channels = new Map<string, FiguresChannel>();

  /** The channel of a room that is not closed. */
  channelOf(room: RoomRow): RoomChannel<FiguresUpdate> {
    const known = this.#channels.get(room.eventId);
    if (known?.generation === room.generation) return known;
    known?.complete();
    const channel = new FiguresChannel(room);
    this.#channels.set(room.eventId, channel);
    return channel;
  }

  /** The rooms were read. */
  onRooms(rooms: ReadonlyMap<string, RoomRow>): void {
    for (const [eventId, channel] of this.#channels) {
      const room = rooms.get(eventId);
      if (room?.generation === channel.generation) channel.onRoom(room);
      else channel.complete();
      if (channel.isEmpty) this.#channels.delete(eventId);
    }
  }
}

class FiguresChannel implements RoomChannel<FiguresUpdate> {
  readonly generation: number;
  readonly #subscribers = new Set<RoomSubscriber<FiguresUpdate>>();
  #last: FiguresUpdate;

  constructor(room: RoomRow) {
    this.generation = room.generation;
    this.#last = updateOf(room);
  }

  get isEmpty(): boolean {
    return this.#subscribers.size === 0;
  }

  join(_after: string | null, subscriber: RoomSubscriber<FiguresUpdate>): readonly FiguresUpdate[] {
    this.#subscribers.add(subscriber);
    return [this.#last];
  }

  leave(subscriber: RoomSubscriber<FiguresUpdate>): void {
    this.#subscribers.delete(subscriber);
  }

  onRoom(room: RoomRow): void {
    const update = updateOf(room);
    // the time alone is no news
    if (isDeepStrictEqual({ ...update, asOf: null, cursor: '' }, { ...this.#last, asOf: null, cursor: '' }))
      return;
    this.#last = update;
    for (const subscriber of [...this.#subscribers]) subscriber.onUpdate(update);
  }

  complete(): void {
    for (const subscriber of [...this.#subscribers]) subscriber.complete();
    this.#subscribers.clear();
  }
}

const updateOf = (room: RoomRow): FiguresUpdate => ({
  ...figuresOf(room),
  cursor: room.figuresAt?.toISOString() ?? '',
});
