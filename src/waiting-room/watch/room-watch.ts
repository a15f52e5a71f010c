import { CodedError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/index.ts';
import type { ChannelListener } from '../../platform/redis/subscriptions.ts';
import { isInLine } from '../line/entry-state.ts';
import type { Line } from '../line/line.ts';
import type { RoomRow } from '../store/rooms.ts';
import { entryOf, readEntryToken, writeEntryToken } from '../tokens/entries.ts';
import { EntryFinder } from './entry-finder.ts';
import type { LineChange } from './line-view.ts';
import { LiveLine } from './live-line.ts';
import { isShownOtherwise, statusOutside, type QueueStatus } from './queue-status.ts';
import type { QueueChannel, QueueSubscriber, WatchTimes } from './queue-watch.ts';
import { SignsOfLife } from './signs-of-life.ts';
import { WaiterLookUps } from './waiter-look-ups.ts';
import { WaiterUpdates } from './waiter-updates.ts';
import { Waiter, Waiters } from './waiters.ts';

/** Subscriptions that get no answer are ended so many at a time: their clients come back. */
const MAX_ENDS_PER_SECOND = 5_000;

export interface RoomWatchParts {
  platform: Pick<Platform, 'log' | 'metrics'>;
  line: Pick<Line, 'find' | 'touch' | 'restore' | 'snapshot'>;
  times: WatchTimes;
  /** Milliseconds since 1970 by the clock of Postgres, which ends visits. */
  now: () => number;
}

/**
 * The waiters of one room in this process. Those whose place the head has passed, and those without a place, are looked up in
 * batches. All others are visited in turn after a change of the line, each about once a second.
 */
export class RoomWatch implements QueueChannel, ChannelListener {
  readonly #parts: RoomWatchParts;
  readonly #live: LiveLine;
  readonly #waiters = new Waiters();
  readonly #updates: WaiterUpdates;
  readonly #finder: EntryFinder;
  readonly #lookUps: WaiterLookUps;
  readonly #signsOfLife: SignsOfLife;
  #lastUse = performance.now();
  #maintaining: Promise<void> | null = null;

  constructor(room: RoomRow, parts: RoomWatchParts) {
    this.#parts = parts;
    this.#live = new LiveLine(room, parts.line);
    this.#updates = new WaiterUpdates(parts.platform, this.#live, this.#waiters);
    this.#finder = new EntryFinder(parts.line, () => this.#room);
    this.#lookUps = new WaiterLookUps({
      ...{ live: this.#live, waiters: this.#waiters, updates: this.#updates, finder: this.#finder },
      ...{ metrics: parts.platform.metrics, now: parts.now },
    });
    this.#signsOfLife = new SignsOfLife(parts.line, () => this.#room);
  }

  get generation(): number {
    return this.#room.generation;
  }

  get subscribers(): number {
    return this.#waiters.count;
  }

  isIdle(now: number): boolean {
    return (
      this.#waiters.count === 0 && (this.#updates.isClosed || now - this.#lastUse > this.#parts.times.idleMs)
    );
  }

  /** Where a viewer stands: from memory, if a token says that the line has not reached its place. */
  async status(viewerId: string, text: string | null): Promise<QueueStatus> {
    this.#lastUse = performance.now();
    const entry = entryOf(this.#room, viewerId);
    const token = text === null ? null : readEntryToken(this.#room, viewerId, text);
    if (token !== null) this.#signsOfLife.onPoll(entry, token.place, this.#lastUse);
    if (token?.place != null && this.#live.view.isWaiting(token.place))
      return this.#live.status({ entry, token: text!, place: token.place });
    const found = await this.#finder.findOrRestore(entry, token);
    if (found === undefined) throw unavailable();
    if (!isInLine(found)) return statusOutside(this.#room, { viewerId, entry }, found, this.#parts.now());
    const place = this.#live.placeOf(found);
    if (token === null) this.#signsOfLife.onPoll(entry, place, this.#lastUse);
    return this.#live.status({ entry, place, token: writeEntryToken(this.#room, viewerId, { place }) });
  }

  join(after: string | null, subscriber: QueueSubscriber): readonly QueueStatus[] {
    if (subscriber.viewer === null) throw new CodedError('UNAUTHENTICATED', 'This needs a token.');
    const { id } = subscriber.viewer;
    const waiter = new Waiter(subscriber, id, entryOf(this.#room, id));
    this.#waiters.add(waiter);
    const token = after === null ? null : readEntryToken(this.#room, id, after);
    if (token !== null) {
      waiter.token = after;
      this.#waiters.place(waiter, token.place);
      void this.#signsOfLife.touch(new Map([[waiter.entry, token.place]]));
    }
    const status = waiter.place === null ? null : this.#updates.next(waiter);
    if (status !== null) return [status];
    this.#lookUps.lookUp(waiter);
    return [];
  }

  leave(subscriber: QueueSubscriber): void {
    const waiter = this.#waiters.of(subscriber);
    this.#lastUse = performance.now();
    if (waiter === undefined) return; // it was sent its last state
    this.#waiters.delete(waiter);
    if (waiter.token !== null && !this.#updates.isClosed)
      void this.#signsOfLife.touch(new Map([[waiter.entry, waiter.place]])); // the grace begins now
  }

  onMessage(text: string): void {
    this.#onChange(this.#live.onMessage(text));
  }

  subscribed(): void {
    this.#live.view.invalidate(); // messages published before a resubscription are lost
  }

  /** Load the line for the first time. */
  async open(): Promise<void> {
    await this.#live.catchUp();
  }

  /** Visit some of the waiters that have news, and pass on some signs of life. */
  tick(now: number): void {
    this.#updates.tick(this.#parts.times);
    if (this.#updates.isClosed) return; // a sign would bring the line back
    this.#signsOfLife.visit(this.#waiters, this.#parts.times, now);
    this.#signsOfLife.flushPolls();
  }

  /** Called about once a second; `room` is null once the room is closed. */
  maintain(now: number, room: RoomRow | null): Promise<void> {
    this.#maintaining ??= this.#maintain(now, room).finally(() => (this.#maintaining = null));
    return this.#maintaining;
  }

  /** End all subscriptions: their clients reconnect. */
  close(): void {
    for (const { subscriber } of [...this.#waiters.all()]) subscriber.end(unavailable());
  }

  get #room(): RoomRow {
    return this.#live.room;
  }

  async #maintain(now: number, room: RoomRow | null): Promise<void> {
    if (room === null || room.generation !== this.#room.generation) {
      return this.#updates.close();
    }
    if (isShownOtherwise(room, this.#room)) this.#updates.restart();
    this.#live.room = room;
    this.#live.observe(now);
    this.#onChange(await this.#live.catchUp());
    const isOpen = room.phase === 'OPEN';
    for (const waiter of this.#waiters.all()) {
      const { place, sentState } = waiter;
      if (place === null ? isOpen || sentState === null : !this.#live.view.isWaiting(place))
        this.#lookUps.lookUp(waiter);
    }
    this.#endUnanswered(now);
  }

  /** While Redis is away, or restores the line, only a place that the line has not reached can be told. */
  #endUnanswered(now: number): void {
    const { firstStateMs } = this.#parts.times;
    const unanswered = this.#waiters
      .all()
      .filter(({ sentState, since }) => sentState === null && now - since >= firstStateMs);
    for (const { subscriber } of unanswered.slice(0, MAX_ENDS_PER_SECOND)) subscriber.end(unavailable());
  }

  #onChange(change: LineChange | null): void {
    if (change === null) return;
    this.#updates.restart();
    const { head } = this.#live.view;
    for (const waiter of this.#waiters.between(change.fromHead, head)) this.#lookUps.lookUp(waiter);
    for (const places of change.gone) {
      const waiters =
        typeof places === 'number'
          ? this.#waiters.at(places)
          : this.#waiters.between(places[0] - 1, places[1]);
      for (const waiter of waiters) this.#lookUps.lookUp(waiter);
    }
  }
}

const unavailable = () => new CodedError('SERVICE_UNAVAILABLE', 'The line cannot be read now.');
