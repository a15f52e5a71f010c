import { readScript, type Script } from '../../platform/redis/script.ts';
import { KEY_NAMES, KEYS_TTL_MS } from '../line/keys.ts';
import { GIVEN_UP_SCRIPT, SHARED_SCRIPT as SHARED, type RoomScripts } from '../line/room-scripts.ts';
import type { OpenVisit } from '../store/admissions.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';

/** Entries that one step handles. */
export const MAX_ENTRIES_PER_STEP = 1_000;
/** Places given up, or ranges of them, that one message carries: some 50 kB, and 15 ms of Redis. */
export const MAX_GONE_PER_MESSAGE = 3_000;
/** Entries that one script reads in search of lost places: 15 ms of Redis if each second one is lost. */
const MAX_ENTRIES_SCANNED = 4_000;
/** A longer pause between steps is an outage, of Redis or of the controller: the grace begins anew. */
const OUTAGE_MS = 3_000;

const PUBLISHING = [SHARED, GIVEN_UP_SCRIPT, new URL('./scripts/publish.lua', import.meta.url)];
const scripts = {
  beat: readScript<[string, number?, number?, number?, number?, number?, number?, ...string[]]>(
    new URL('./scripts/beat.lua', import.meta.url),
    ...[SHARED, GIVEN_UP_SCRIPT],
  ),
  propose: readScript<[number, number, ...(string | number)[]] | null>(
    new URL('./scripts/propose.lua', import.meta.url),
    SHARED,
  ),
  admit: readScript<number | null>(new URL('./scripts/admit.lua', import.meta.url), ...PUBLISHING),
  publishLost: readScript<number | null>(
    new URL('./scripts/publish-lost.lua', import.meta.url),
    ...PUBLISHING,
  ),
  endVisits: readScript<number | null>(new URL('./scripts/end-visits.lua', import.meta.url), SHARED),
  startRestoring: readScript<1 | null>(new URL('./scripts/start-restoring.lua', import.meta.url), SHARED),
  dropServed: readScript<number | null>(new URL('./scripts/drop-served.lua', import.meta.url), SHARED),
  finishRestoring: readScript<1 | null>(new URL('./scripts/finish-restoring.lua', import.meta.url), SHARED),
  openLine: readScript<number | ['reserve', number] | null>(
    new URL('./scripts/open-line.lua', import.meta.url),
    SHARED,
  ),
};

const VISITS = KEY_NAMES.indexOf('visits');
const scanVisits: Script<[cursor: string, fields: string[]]> = (redis, keys, [cursor]) =>
  redis.hscan(keys[VISITS]!, String(cursor), 'COUNT', MAX_ENTRIES_PER_STEP);

/** Where Redis has a room, and its numbers. */
export interface Beat {
  stage: 'arrivals' | 'drawing' | 'open' | 'restoring' | 'lost' | 'fenced';
  waiting: number;
  inside: number;
  /** More entries are past their grace, or more lost places are to be found. */
  hasMore: boolean;
  /** Entries that were given up or left the line so far. */
  abandoned: number;
  /** Those of them that had more people behind than ahead. */
  abandonedInFront: number;
  /** Places given up, and ranges of them, that were not published yet. */
  news: number;
  /** Entries whose visit is to end because they left. */
  left: string[];
}

/** What is published beside the head. */
export interface Published {
  head: number;
  measuredRate: number | null;
  isSoldOut: boolean;
}

/** A proposal of the next admissions. */
export interface Proposal {
  head: number;
  /** Entries that were given up instead. */
  givenUp: number;
  places: [entry: string, place: number][];
}

/** The steps of a controller in Redis, which state its fence. Null: Redis is away or lost the room, or a higher fence is known. */
export class LineSteps {
  readonly #line: RoomScripts;
  readonly #room: RoomKey;

  constructor(line: RoomScripts, room: RoomKey) {
    this.#line = line;
    this.#room = room;
  }

  /** Begin a step: give up some of those who were silent for too long, and of the lost places. `graceMs` null: places are kept. */
  async beat(fence: number, graceMs: number | null): Promise<Beat | null> {
    const limits = [MAX_ENTRIES_PER_STEP, OUTAGE_MS, KEYS_TTL_MS, MAX_ENTRIES_SCANNED];
    const reply = await this.#run(scripts.beat, [fence, this.#line.now(), graceMs ?? '', ...limits]);
    if (reply === null) return null;
    const [
      stage,
      waiting = 0,
      inside = 0,
      hasMore = 0,
      abandoned = 0,
      abandonedInFront = 0,
      news = 0,
      ...left
    ] = reply;
    return {
      ...{ stage: stage as Beat['stage'], waiting, inside, abandoned, abandonedInFront, news, left },
      hasMore: hasMore === 1,
    };
  }

  /** Publish places that were given up; returns how many pieces of news are left. */
  publishLost(fence: number): Promise<number | null> {
    return this.#run(scripts.publishLost, [fence, this.#room.generation, MAX_GONE_PER_MESSAGE]);
  }

  async propose(fence: number, graceMs: number | null, limit: number): Promise<Proposal | null> {
    const bound = Math.min(limit, MAX_ENTRIES_PER_STEP);
    const args = [fence, this.#line.now(), graceMs ?? '', bound, MAX_ENTRIES_PER_STEP];
    const reply = await this.#run(scripts.propose, args);
    if (reply === null) return null;
    const [head, givenUp, ...rest] = reply;
    const places: Proposal['places'] = [];
    for (let at = 0; at < rest.length; at += 2) places.push([String(rest[at]), Number(rest[at + 1])]);
    return { head, givenUp, places };
  }

  /** Show admissions and publish; returns how many shop. Without admissions it publishes alone. */
  admit(fence: number, visits: readonly OpenVisit[], published: Published): Promise<number | null> {
    return this.#run(scripts.admit, [
      fence,
      this.#room.generation,
      published.head,
      published.measuredRate === null ? '' : published.measuredRate.toFixed(2),
      published.isSoldOut ? 1 : 0,
      MAX_GONE_PER_MESSAGE,
      ...visits.flatMap(({ entry, place, visitEndsAt }) => [entry, place, visitEndsAt.getTime()]),
    ]);
  }

  endVisits(visits: readonly Pick<OpenVisit, 'entry' | 'place'>[]): Promise<number | null> {
    return endVisitsInLine(this.#line, this.#room, visits);
  }

  /** The visits that Redis has: places by entry. */
  async readVisits(): Promise<Map<string, number> | null> {
    const visits = new Map<string, number>();
    for (let cursor = '0'; ;) {
      const reply = await this.#run(scanVisits, [cursor]);
      if (reply === null) return null;
      const [next, fields] = reply;
      for (let at = 0; at < fields.length; at += 2)
        visits.set(fields[at]!, Number.parseInt(fields[at + 1]!, 10));
      if (next === '0') return visits;
      cursor = next;
    }
  }

  startRestoring(
    fence: number,
    { placesReserved, served, abandoned }: Pick<RoomRow, 'placesReserved' | 'served' | 'abandoned'>,
  ): Promise<1 | null> {
    return this.#run(scripts.startRestoring, [fence, placesReserved, served, abandoned]);
  }

  /** Drop entries that were served; `false`: not all could be. */
  async dropServed(fence: number, served: number): Promise<boolean> {
    for (;;) {
      const dropped = await this.#run(scripts.dropServed, [fence, served, MAX_ENTRIES_PER_STEP]);
      if (dropped === null) return false;
      if (dropped < MAX_ENTRIES_PER_STEP) return true;
    }
  }

  finishRestoring(fence: number, stage: 'drawing' | 'open', settleMs: number): Promise<1 | null> {
    return this.#run(scripts.finishRestoring, [fence, this.#line.now(), stage, settleMs]);
  }

  /** Open the line once its places are written; `true` when it is open. */
  async open(fence: number): Promise<boolean> {
    for (;;) {
      const reply = await this.#line.reserving(this.#room, () =>
        this.#run(scripts.openLine, [fence, this.#line.now(), MAX_ENTRIES_PER_STEP]),
      );
      if (reply !== 0) return reply === 1;
    }
  }

  #run<Reply>(script: Script<Reply>, args: readonly (string | number)[]): Promise<Reply | null> {
    return this.#line.run(this.#room, script, args);
  }
}

/** End visits that Postgres has ended; needs no fence, as it repeats what is committed. */
export function endVisitsInLine(
  line: RoomScripts,
  room: RoomKey,
  visits: readonly Pick<OpenVisit, 'entry' | 'place'>[],
): Promise<number | null> {
  const args = visits.flatMap(({ entry, place }) => [entry, place]);
  return line.run(room, scripts.endVisits, args);
}
