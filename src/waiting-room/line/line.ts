import { readScript, type Script } from '../../platform/redis/script.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';
import type { EntryState, GivenUp, LineMessage } from './entry-state.ts';
import { inParts, MAX_ENTRIES_PER_SCRIPT } from './in-parts.ts';
import { parseState, type StateReply } from './parse-state.ts';
import { GIVEN_UP_SCRIPT as GIVEN_UP, RoomScripts, SHARED_SCRIPT as SHARED } from './room-scripts.ts';

/** What a process loads when it begins to watch a room; messages with a higher sequence are applied to it. */
export interface LineSnapshot extends Omit<LineMessage, 'generation'> {
  /** The last place that was given. */
  last: number;
}

/** A room as the line takes it: the phase says whether a room that Redis does not have can begin. */
export type LineRoom = RoomKey & Pick<RoomRow, 'phase'>;

/** Places that were given up, or ranges of them, on one page of a snapshot. */
const MAX_GONE_PER_PAGE = 10_000;

const scripts = {
  join: readScript<StateReply>(new URL('./scripts/join.lua', import.meta.url), SHARED),
  restore: readScript<StateReply>(new URL('./scripts/restore.lua', import.meta.url), SHARED, GIVEN_UP),
  find: readScript<StateReply[] | null>(new URL('./scripts/find.lua', import.meta.url), SHARED),
  touch: readScript<string[] | 'lost'>(new URL('./scripts/touch.lua', import.meta.url), SHARED),
  leave: readScript<number | null>(new URL('./scripts/leave.lua', import.meta.url), SHARED),
  snapshot: readScript<[number, number, number, number, number, string, number, ...number[]] | null>(
    new URL('./scripts/snapshot.lua', import.meta.url),
    ...[SHARED, GIVEN_UP],
  ),
  closeArrivals: readScript<number | null>(new URL('./scripts/close-arrivals.lua', import.meta.url), SHARED),
  readArrivals: readScript<string[] | null>(new URL('./scripts/read-arrivals.lua', import.meta.url), SHARED),
  writePlaces: readScript<1 | ['reserve', number] | null>(
    new URL('./scripts/write-places.lua', import.meta.url),
    ...[SHARED, GIVEN_UP],
  ),
};

/** The lines of rooms in Redis; each step is one script. Results are null while Redis (the Event's shard) is away or restores the line. */
export class Line extends RoomScripts {
  /** Let an entry in. One that is in keeps its state; one that is gone gets a new place at the end. */
  join(room: LineRoom, entry: string): Promise<EntryState | null> {
    return this.#enter(room, scripts.join, [entry, this.now()]);
  }

  /**
   * Restore an entry by the place that its token carries, if Redis has lost it. A known entry keeps its state, and a place at
   * or below the head is gone. Null without a place before the opening.
   */
  restore(room: LineRoom, entry: string, place: number | null): Promise<EntryState | null> {
    return this.#enter(room, scripts.restore, [entry, place ?? 0, this.now()]);
  }

  /** Where entries stand; null for those that Redis does not know. A room that has not opened is begun. */
  async find(room: LineRoom, entries: readonly string[]): Promise<(EntryState | null)[] | null> {
    const states: (EntryState | null)[] = [];
    for (const part of inParts(entries)) {
      let replies = await this.run(room, scripts.find, part);
      if (replies === null && room.phase === 'BEFORE_OPENING') {
        await this.begin(room);
        replies = await this.run(room, scripts.find, part);
      }
      if (replies === null) return null;
      states.push(...replies.map(parseState));
    }
    return states;
  }

  /**
   * Signs of life, which stand for some seconds from now: 30 for a poll, 0 for a subscription, which gives one every 5 s.
   * Returns the entries that Redis has lost: restore them by the places that they had. Null: some signs have not arrived.
   */
  async touch(room: LineRoom, entries: readonly string[], standsSeconds = 0): Promise<string[] | null> {
    const unknown: string[] = [];
    for (const part of inParts(entries)) {
      const reply = await this.run(room, scripts.touch, [this.now(), standsSeconds * 1_000, ...part]);
      if (reply === null) return null;
      if (reply !== 'lost') unknown.push(...reply);
      else if (room.phase === 'BEFORE_OPENING') unknown.push(...part);
    }
    return unknown;
  }

  /** Leave the line, or end the visit. `false`: neither was the case, or Redis is away. */
  async leave(room: RoomKey, entry: string): Promise<boolean> {
    return (await this.run(room, scripts.leave, [entry])) === 1;
  }

  /** Count who waits and shops, however many places were given up. */
  async count(room: RoomKey): Promise<Pick<LineSnapshot, 'waiting' | 'inside'> | null> {
    const reply = await this.run(room, scripts.snapshot, [0, 0]);
    return reply && { waiting: reply[3], inside: reply[4] };
  }

  /** Load the room as messages describe it. Places that are given up meanwhile may come in both. */
  async snapshot(room: RoomKey): Promise<LineSnapshot | null> {
    let snapshot: (LineSnapshot & { gone: GivenUp[] }) | null = null;
    for (let after = 0; ;) {
      const reply = await this.run(room, scripts.snapshot, [after, MAX_GONE_PER_PAGE]);
      if (reply === null) return null;
      const [sequence, head, last, waiting, inside, rate, soldOut, ...ranges] = reply;
      snapshot ??= {
        ...{ sequence, head, last, waiting, inside, gone: [] },
        measuredRate: rate === '' ? null : Number(rate),
        isSoldOut: soldOut === 1,
      };
      for (let at = 0; at < ranges.length; at += 2) {
        const [from, to] = [ranges[at]!, ranges[at + 1]!];
        snapshot.gone.push(from === to ? from : [from, to]);
      }
      if (ranges.length < 2 * MAX_GONE_PER_PAGE) return snapshot;
      after = ranges.at(-1)!;
    }
  }

  /**
   * Close the list of arrivals and return their number. Later entries get places behind them. Null also while entries that Redis
   * has lost may come back, unless the list is stored already.
   */
  async closeArrivals(room: LineRoom): Promise<number | null> {
    await this.begin(room);
    return this.run(room, scripts.closeArrivals, [room.phase === 'BEFORE_OPENING' ? 1 : 0, this.now()]);
  }

  /** Read arrivals in their order, 1,000 at a time: `cursor` is the number of those before. An empty page is the end. */
  readArrivals(room: RoomKey, cursor: number): Promise<string[] | null> {
    return this.run(room, scripts.readArrivals, [cursor, MAX_ENTRIES_PER_SCRIPT]);
  }

  /** Give places to arrivals, or restore them. Entries with a place, or past the head, keep to that: repeating it is safe. */
  async writePlaces(room: RoomKey, places: readonly (readonly [string, number])[]): Promise<true | null> {
    for (const part of inParts(places)) {
      const highest = Math.max(...part.map(([, place]) => place));
      const reply = await this.reserving(room, () =>
        this.run(room, scripts.writePlaces, [highest, ...part.flat()]),
      );
      if (reply !== 1) return null;
    }
    return true;
  }

  async #enter(
    room: LineRoom,
    script: Script<StateReply>,
    args: readonly (string | number)[],
  ): Promise<EntryState | null> {
    const enter = () => this.reserving(room, () => this.run(room, script, args));
    let reply = await enter();
    if (reply?.[0] === 'lost' && room.phase === 'BEFORE_OPENING') {
      await this.begin(room);
      reply = await enter();
    }
    return reply === null ? null : parseState(reply);
  }
}
