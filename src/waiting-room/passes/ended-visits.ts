import type { RoomKey } from '../store/rooms.ts';

/** A visit that ended while its pass has not expired. */
export interface EndedVisit extends RoomKey {
  place: number;
  /** Expiry of its pass, in seconds since 1970. */
  passExpiresAt: number;
}

/** Places are admitted in order, so ended visits are dense: one bit each, 1 kB for so many. */
const CHUNK_PLACES = 8_192;

interface Chunk {
  ended: Uint8Array;
  /** By then every pass that it refuses has expired. */
  forgetAt: number;
}

/** Visits that ended, by room, until their passes have expired: 130 million, the most that rooms can admit by then, take 16 MB. */
export class EndedVisits {
  readonly #rooms = new Map<string, { generation: number; chunks: Map<number, Chunk> }>();

  add({ eventId, generation, place, passExpiresAt }: EndedVisit): void {
    let room = this.#rooms.get(eventId);
    if (room?.generation !== generation) this.#rooms.set(eventId, (room = { generation, chunks: new Map() }));
    const number = Math.floor(place / CHUNK_PLACES);
    let chunk = room.chunks.get(number);
    if (chunk === undefined) {
      chunk = { ended: new Uint8Array(CHUNK_PLACES / 8), forgetAt: 0 };
      room.chunks.set(number, chunk);
    }
    const bit = place % CHUNK_PLACES;
    chunk.ended[bit >> 3]! |= 1 << (bit & 7);
    chunk.forgetAt = Math.max(chunk.forgetAt, passExpiresAt);
  }

  has({ eventId, generation }: RoomKey, place: number): boolean {
    const room = this.#rooms.get(eventId);
    if (room?.generation !== generation) return false;
    const bit = place % CHUNK_PLACES;
    const byte = room.chunks.get(Math.floor(place / CHUNK_PLACES))?.ended[bit >> 3] ?? 0;
    return (byte & (1 << (bit & 7))) !== 0;
  }

  /** Forget rooms that are not among these, and visits whose passes have expired. */
  prune(rooms: ReadonlyMap<string, RoomKey>, nowSeconds: number): void {
    for (const [eventId, { generation, chunks }] of this.#rooms) {
      if (rooms.get(eventId)?.generation !== generation) this.#rooms.delete(eventId);
      for (const [number, { forgetAt }] of chunks) if (forgetAt < nowSeconds) chunks.delete(number);
    }
  }

  /** Memory of the bits. */
  get bytes(): number {
    let chunks = 0;
    for (const room of this.#rooms.values()) chunks += room.chunks.size;
    return (chunks * CHUNK_PLACES) / 8;
  }
}
