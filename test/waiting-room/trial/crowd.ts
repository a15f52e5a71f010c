import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { entryOf, writeEntryToken } from '../../../src/waiting-room/tokens/entries.ts';
import type { QueueStatus } from '../../../src/waiting-room/watch/queue-status.ts';
import type { QueueSubscriber } from '../../../src/waiting-room/watch/queue-watch.ts';
import type { OwnRoom } from '../own-room.ts';
import type { Random } from './seeded-random.ts';
import type { SimulatedApi } from './simulated-api.ts';

/** A viewer, and what it was told. */
export interface Visitor {
  id: string;
  entry: string;
  joinedAt: number;
  /** It waits and watches: it must not lose its place. */
  isWatching: boolean;
  api: SimulatedApi | null;
  subscriber: QueueSubscriber | null;
  reconnectsAt: number;
  token: string;
  place: number | null;
  state: QueueStatus['state'] | null;
  shopsUntil: number | null;
  hasBought: boolean;
}

/** Called when a viewer has shopped; `false`: call again. */
export type EndVisit = (visitor: Visitor) => Promise<boolean>;

/** The viewers of a trial. They check what they are told: no place moves, and none is lost or given twice. */
export class Crowd {
  readonly visitors: Visitor[] = [];
  readonly violations: string[] = [];
  readonly #room: OwnRoom;
  readonly #random: Random;
  readonly #entryAt = new Map<number, string>();
  #key: RoomRow;

  constructor(room: OwnRoom, row: RoomRow, random: Random) {
    this.#room = room;
    this.#key = row;
    this.#random = random;
  }

  /** One more viewer joins, unless Redis is away. */
  async join(api: SimulatedApi, row: RoomRow): Promise<void> {
    const id = `viewer-${this.visitors.length + 1}`;
    const entry = entryOf(row, id);
    const state = await api.line.join(row, entry);
    if (state === null) return;
    const place = state.kind === 'waiting' ? state.place : null;
    const visitor: Visitor = {
      ...{ id, entry, joinedAt: this.#room.now, isWatching: true, api: null, subscriber: null },
      ...{ reconnectsAt: 0, token: writeEntryToken(row, id, { place }), place: null, state: null },
      ...{ shopsUntil: null, hasBought: false },
    };
    this.visitors.push(visitor);
    this.#note(visitor, place);
  }

  /** What the viewers do in a second. */
  async act(apis: readonly SimulatedApi[], row: RoomRow, endVisit: EndVisit): Promise<void> {
    this.#key = row;
    const { now } = this.#room;
    for (const visitor of this.visitors) {
      if (visitor.shopsUntil !== null) {
        if (now < visitor.shopsUntil) continue;
        visitor.shopsUntil = (await endVisit(visitor)) ? null : now + 1_000;
      }
      if (!visitor.isWatching) continue;
      if (this.#random(300) === 0) await this.#give(visitor, row);
      else if (visitor.api === null && now >= visitor.reconnectsAt)
        this.#connect(visitor, apis[this.#random(apis.length)]!);
    }
  }

  /** The connections to a process are gone: its viewers come back with backoff. */
  disconnect(api: SimulatedApi): void {
    for (const visitor of this.visitors) if (visitor.api === api) this.#lose(visitor);
  }

  /** Leave, or close the tab. */
  async #give(visitor: Visitor, row: RoomRow): Promise<void> {
    if (visitor.api === null) return;
    visitor.isWatching = false;
    visitor.api.watch.leave(visitor.subscriber!);
    if (this.#random(2) === 0) await visitor.api.line.leave(row, visitor.entry);
    visitor.subscriber = null;
  }

  #connect(visitor: Visitor, api: SimulatedApi): void {
    let ahead = Infinity;
    const subscriber: QueueSubscriber = {
      viewer: { id: visitor.id, roles: new Set() },
      onUpdate: (status) => {
        if (visitor.subscriber !== subscriber) return; // the connection is gone
        if (status.peopleAhead !== null && status.peopleAhead > ahead)
          this.violations.push(`${visitor.id} had ${ahead} ahead, then ${status.peopleAhead}`);
        ahead = status.peopleAhead ?? ahead;
        this.#onUpdate(visitor, status);
      },
      complete: () => {},
      end: () => this.#lose(visitor),
    };
    visitor.api = api;
    visitor.subscriber = subscriber;
    for (const status of api.watch.join(visitor.token, subscriber)) subscriber.onUpdate(status);
  }

  #lose(visitor: Visitor): void {
    visitor.api = null;
    visitor.subscriber = null;
    visitor.reconnectsAt = this.#room.now + 1_000 * (1 + this.#random(3));
  }

  #onUpdate(visitor: Visitor, status: QueueStatus): void {
    visitor.state = status.state;
    visitor.token = status.token ?? visitor.token;
    this.#note(visitor, status.place);
    if (status.state === 'ADMITTED') {
      visitor.isWatching = false;
      visitor.shopsUntil = this.#room.now + 1_000 * (1 + this.#random(12));
    } else if (status.state === 'GONE' || status.state === 'NOT_JOINED') {
      this.violations.push(`${visitor.id} watched and was told ${status.state}, ${this.#at()}`);
      visitor.isWatching = false;
    }
  }

  #note(visitor: Visitor, place: number | null): void {
    if (place === null) return;
    if (visitor.place !== null && visitor.place !== place)
      this.violations.push(`${visitor.id} moved from ${visitor.place} to ${place}, ${this.#at()}`);
    visitor.place = place;
    const first = this.#entryAt.get(place) ?? visitor.entry;
    if (first !== visitor.entry) this.violations.push(`place ${place} was given twice, ${this.#at()}`);
    this.#entryAt.set(place, first);
  }

  #at(): string {
    return `at ${(this.#room.now - this.#key.opensAt.getTime()) / 1_000} s`;
  }
}
