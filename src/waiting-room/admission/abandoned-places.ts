import type { Platform } from '../../platform/index.ts';
import { readScript, type Script } from '../../platform/redis/script.ts';
import { KEY_NAMES } from '../line/keys.ts';
import { SHARED_SCRIPT as SHARED, type RoomScripts } from '../line/room-scripts.ts';
import {
  addAbandonedPlaces,
  MAX_PARTS,
  PLACES_PER_PART,
  readAbandonedPlaces,
  type AbandonedPart,
} from '../store/abandoned-places.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';

/** Ticks between two writes: what is abandoned in between is not known after a loss of Redis. */
const TICKS_PER_SAVE = 3;
/** Parts of one call: 2 ms of Redis where a replica knows some of them. */
const PARTS_PER_CALL = 8;
const BYTES_PER_PART = PLACES_PER_PART / 8;

const scripts = {
  takeUnsaved: readScript<string[] | null>(new URL('./scripts/take-unsaved.lua', import.meta.url), SHARED),
  write: readScript<1 | null>(new URL('./scripts/write-abandoned.lua', import.meta.url), SHARED),
};
const BITMAP = KEY_NAMES.indexOf('abandoned');
const readPart: Script<Buffer> = (redis, keys, [part]) => {
  const first = Number(part) * BYTES_PER_PART;
  return redis.getrangeBuffer(keys[BITMAP]!, first, first + BYTES_PER_PART - 1);
};

/** Carries the places that entries left or lost by silence from Redis to Postgres, and back after a loss of Redis. */
export class AbandonedPlaces {
  readonly #platform: Platform;
  readonly #line: RoomScripts;
  readonly #room: RoomKey;
  /** Parts that Postgres has, and the number of changes that it has of them, as the script takes them. */
  #saved: string[] = [];
  /** Under another one a controller between may have saved, and the numbers begun anew. */
  #savedUnder: number | null = null;
  #ticks = 0;

  constructor(platform: Platform, line: RoomScripts, room: RoomKey) {
    this.#platform = platform;
    this.#line = line;
    this.#room = room;
  }

  /** Write what changed, every few ticks, up to `MAX_PARTS`. Nothing is lost while Redis or Postgres is away: it is done later. */
  async save(fence: number): Promise<void> {
    if (this.#ticks++ % TICKS_PER_SAVE > 0) return;
    const saved = fence === this.#savedUnder ? this.#saved : [];
    this.#saved = [];
    this.#savedUnder = fence;
    const unsaved = await this.#line.run(this.#room, scripts.takeUnsaved, [fence, MAX_PARTS, ...saved]);
    if (unsaved === null || unsaved.length === 0) return;
    const parts: AbandonedPart[] = [];
    for (let at = 0; at < unsaved.length; at += 2) {
      const places = await this.#line.run(this.#room, readPart, [unsaved[at]!]);
      if (places === null) return;
      parts.push({ part: Number(unsaved[at]), places });
    }
    if (await addAbandonedPlaces(this.#platform, { ...this.#room, fence }, parts)) this.#saved = unsaved;
  }

  /** Write what Postgres has beyond the head into a line that is restored. `false`: it is to be tried again. */
  async restore({ fence, served }: Pick<RoomRow, 'fence' | 'served'>): Promise<boolean> {
    let after = Math.floor(served / PLACES_PER_PART) - 1;
    for (;;) {
      const parts = await readAbandonedPlaces(this.#platform.db, this.#room, after);
      for (let at = 0; at < parts.length; at += PARTS_PER_CALL) {
        const call = parts.slice(at, at + PARTS_PER_CALL).flatMap(({ part, places }) => [part, places]);
        if ((await this.#line.run(this.#room, scripts.write, [fence, ...call])) === null) return false;
      }
      if (parts.length < MAX_PARTS) return true;
      after = parts.at(-1)!.part;
    }
  }
}
