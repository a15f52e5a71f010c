import type { Platform } from '../../platform/index.ts';
import { readScript, type Script } from '../../platform/redis/script.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import { noteBegin, reservePlaces } from '../store/places.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';
import { KEYS_TTL_MS, roomKeys } from './keys.ts';

/** A block of places is reserved and the script runs again, in vain only if others use up a block meanwhile. */
const MAX_ATTEMPTS = 4;

/** What the scripts of rooms have in common. */
export const SHARED_SCRIPT = new URL('./scripts/room.lua', import.meta.url);
/** What those have in common that touch the places given up. */
export const GIVEN_UP_SCRIPT = new URL('./scripts/given-up.lua', import.meta.url);

const scripts = {
  begin: readScript<0 | 1>(new URL('./scripts/begin.lua', import.meta.url), SHARED_SCRIPT),
  reserve: readScript<null>(new URL('./scripts/reserve.lua', import.meta.url), SHARED_SCRIPT),
};

const readMeta: Script<string | null> = (redis, [meta], [field]) => redis.hget(meta!, String(field));

/** Lost entries are waited for: longer than the 30 s between two polls of a viewer, who presents the token again then. */
export const SETTLE_MS = 35_000;

/** The clock of Redis, unless a test hands in another: milliseconds since 1970. */
export type LineClock = () => number;

/** Runs scripts on the keys of rooms, and gives them from Postgres what they lack. Results are null while Redis (the Event's shard) is away. */
export class RoomScripts {
  readonly #platform: Pick<Platform, 'db' | 'redis' | 'metrics'>;
  readonly #clock: LineClock | null;
  readonly #settleMs: number;

  constructor(
    platform: Pick<Platform, 'db' | 'redis' | 'metrics'>,
    clock: LineClock | null = null,
    settleMs = SETTLE_MS,
  ) {
    this.#platform = platform;
    this.#clock = clock;
    this.#settleMs = settleMs;
  }

  /** Begin a room that has not opened, unless Redis has it. Postgres is asked only when Redis answers that it has not. */
  async begin(room: RoomKey): Promise<void> {
    if ((await this.run(room, scripts.begin, [''])) === 0)
      await this.#begin(`${room.eventId} ${room.generation}`);
  }

  readonly #begin = singleFlight(async (name) => {
    const [eventId, generation] = name.split(' ') as [string, string];
    const room = { eventId, generation: Number(generation) };
    const begun = await noteBegin(this.#platform, room);
    if (begun === null) return;
    const settleMs = begun.isFirst ? 0 : this.#settleMs;
    await this.run(room, scripts.begin, [begun.reserved, settleMs, this.now(), KEYS_TTL_MS]);
  });

  /** The time for a script: empty for that of Redis. */
  now(): number | '' {
    return this.#clock?.() ?? '';
  }

  /** Run a script on the keys of a room. */
  run<Reply>(
    room: RoomKey,
    script: Script<Reply>,
    args: readonly (string | number | Buffer)[],
  ): Promise<Reply | null> {
    const keys = roomKeys(this.#platform.redis.prefix, room);
    return this.#platform.redis.attempt<Reply | null>('waitingRooms', keys[0]!, null, (redis) =>
      script(redis, keys, args),
    );
  }

  /** Run a script again after the places that it lacks were reserved in Postgres. */
  async reserving<Reply>(room: RoomKey, work: () => Promise<Reply>): Promise<Reply | null> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const reply = await work();
      if (!Array.isArray(reply) || reply[0] !== 'reserve') return reply;
      await this.#reserve(`${room.eventId} ${room.generation} ${reply[1]}`);
    }
    return null;
  }

  /** Reserve again what Redis gives and Postgres has lost in a failover: else they are given twice once Redis loses the line, too. */
  async reserveGiven(room: RoomKey & Pick<RoomRow, 'fence' | 'placesReserved'>): Promise<void> {
    const place = Number((await this.run(room, readMeta, ['reserved'])) ?? 0);
    if (place > room.placesReserved) await reservePlaces(this.#platform, room, { place, fence: room.fence });
  }

  readonly #reserve = singleFlight(async (key) => {
    const [eventId, generation, place] = key.split(' ') as [string, string, string];
    const room = { eventId, generation: Number(generation) };
    const fence = await this.run(room, readMeta, ['fence']);
    if (fence === null) return;
    const reserved = await reservePlaces(this.#platform, room, {
      place: Number(place),
      fence: Number(fence),
    });
    if (reserved !== null) await this.run(room, scripts.reserve, [reserved, fence]);
  });
}
