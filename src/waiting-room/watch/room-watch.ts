import { CodedError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/index.ts';
import type { ChannelListener } from '../../platform/redis/subscriptions.ts';
import type { EntryState } from '../line/entry-state.ts';
import type { Line } from '../line/line.ts';
import type { RoomRow } from '../store/rooms.ts';
import { entryOf, readEntryToken, writeEntryToken, type EntryPlace } from '../tokens/entries.ts';
import { EntryFinder, type Found } from './entry-finder.ts';
import type { LineChange } from './line-view.ts';
import { LiveLine } from './live-line.ts';
import { closedStatus, isLast, stateInLine, statusOutside, type QueueStatus } from './queue-status.ts';
import type { QueueChannel, QueueSubscriber, WatchTimes } from './queue-watch.ts';
import { SignsOfLife } from './signs-of-life.ts';
import { Round, Waiter, Waiters } from './waiters.ts';

export interface RoomWatchParts {
  platform: Pick<Platform, 'log' | 'metrics'>;
  line: Pick<Line, 'find' | 'touch' | 'restore' | 'snapshot'>;
  times: WatchTimes;
}

/** A sign of life comes at least so often within the grace. */
const SIGNS_PER_GRACE = 3;

/**
 * The waiters of one room in this process. Those whose place the head has passed, and those without a place, are looked up in
 * batches. All others are visited in turn after a change of the line, each about once a second.
 */
export class RoomWatch implements QueueChannel, ChannelListener {
  readonly #parts: RoomWatchParts;
  readonly #live: LiveLine;
  readonly #waiters = new Waiters();
  readonly #updates = new Round();
  readonly #signs = new Round();
  readonly #finder: EntryFinder;
  readonly #signsOfLife: SignsOfLife;
  #isClosed = false;
  #signsStartedAt = -Infinity;
  #lastUse = performance.now();
  #maintaining: Promise<void> | null = null;

  constructor(room: RoomRow, parts: RoomWatchParts) {
    this.#parts = parts;
    this.#live = new LiveLine(room, parts.line);
    this.#finder = new EntryFinder(parts.line, () => this.#room);
    this.#signsOfLife = new SignsOfLife(parts.line, () => this.#room);
  }

  get generation(): number {
    return this.#room.generation;
  }

  get subscribers(): number {
    return this.#waiters.count;
  }

  isIdle(now: number): boolean {
    return this.#waiters.count === 0 && (this.#isClosed || now - this.#lastUse > this.#parts.times.idleMs);
  }

  /** Where a viewer stands: from memory, if a token says that the line has not reached its place. */
  async status(viewerId: string, text: string | null): Promise<QueueStatus> {
    this.#lastUse = performance.now();
    const entry = entryOf(this.#room, viewerId);
    const token = text === null ? null : readEntryToken(this.#room, viewerId, text);
    if (token !== null) this.#signsOfLife.onPoll(entry, token.place, this.#lastUse);
    if (token?.place != null && this.#live.view.isWaiting(token.place))
      return this.#live.status({ entry, token: text!, place: token.place });
    const found = await this.#find(entry, token);
    if (found === undefined) throw unavailable();
    if (!isInLine(found)) return statusOutside(this.#room, { viewerId, entry }, found);
    const place = this.#placeOf(found);
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
    const status = this.#nextStatus(waiter);
    if (waiter.place !== null && status !== null) return [status];
    this.#lookUp(waiter);
    return [];
  }

  leave(subscriber: QueueSubscriber): void {
    const waiter = this.#waiters.of(subscriber);
    this.#lastUse = performance.now();
    if (waiter === undefined) return; // it was sent its last state
    this.#waiters.delete(waiter);
    if (waiter.token !== null && !this.#isClosed)
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
    const { tickMs, updateMs, maxUpdatesPerSecond, maxSignMs } = this.#parts.times;
    const { count } = this.#waiters;
    const roundMs = Math.max(updateMs, (count / maxUpdatesPerSecond) * 1_000);
    const updates = Math.ceil((count * tickMs) / roundMs);
    this.#updates.visit(this.#waiters.all(), updates, (waiter) => this.#update(waiter));

    const signMs = Math.min(maxSignMs, (this.#room.graceSeconds * 1_000) / SIGNS_PER_GRACE);
    if (now - this.#signsStartedAt >= signMs) {
      this.#signsStartedAt = now;
      this.#signs.restart(count);
    }
    const signs = new Map<string, number | null>();
    this.#signs.visit(
      this.#waiters.all(),
      Math.ceil((count * tickMs) / signMs),
      ({ entry, place, token }) => {
        if (token !== null) signs.set(entry, place);
      },
    );
    if (signs.size > 0) void this.#signsOfLife.touch(signs);
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
      this.#isClosed = true;
      return this.#restartUpdates();
    }
    if (isShownOtherwise(room, this.#room)) this.#restartUpdates();
    this.#live.room = room;
    this.#live.observe(now);
    this.#onChange(await this.#live.catchUp());
    const isOpen = room.phase === 'OPEN';
    for (const waiter of this.#waiters.all()) {
      const { place, token } = waiter;
      if (place === null ? isOpen || token === null : !this.#live.view.isWaiting(place)) this.#lookUp(waiter);
    }
  }

  #onChange(change: LineChange | null): void {
    if (change === null) return;
    this.#restartUpdates();
    const { head } = this.#live.view;
    for (const waiter of this.#waiters.between(change.fromHead, head)) this.#lookUp(waiter);
    for (const place of change.gone) for (const waiter of this.#waiters.at(place)) this.#lookUp(waiter);
  }

  #restartUpdates(): void {
    this.#updates.restart(this.#waiters.count);
  }

  /** Ask Redis where an entry stands; who has a token is restored, if Redis has lost the entry. */
  async #find(entry: string, token: EntryPlace | null): Promise<Found> {
    const found = await this.#finder.find(entry);
    if (found !== null || token === null) return found;
    return (await this.#parts.line.restore(this.#room, entry, token.place).catch(() => null)) ?? undefined;
  }

  /** Without an answer `maintain` asks again. */
  #lookUp(waiter: Waiter): void {
    if (waiter.isLookedUp || this.#isClosed) return;
    waiter.isLookedUp = true;
    void this.#find(waiter.entry, waiter.token === null ? null : waiter)
      .catch(() => undefined)
      .then((found) => {
        waiter.isLookedUp = false;
        if (waiter.index !== -1 && found !== undefined) this.#onFound(waiter, found);
      });
  }

  #onFound(waiter: Waiter, found: EntryState | null): void {
    if (!isInLine(found)) {
      if (found?.kind === 'admitted') this.#countEstimate(waiter);
      return this.#send(waiter, statusOutside(this.#room, waiter, found));
    }
    const place = this.#placeOf(found);
    if (waiter.token === null || waiter.place !== place) {
      waiter.token = writeEntryToken(this.#room, waiter.viewerId, { place });
      waiter.sentAhead = null;
    }
    this.#waiters.place(waiter, place);
    this.#update(waiter);
  }

  #placeOf(found: InLine): number | null {
    if (found.kind === 'before-opening') return null;
    this.#live.view.revive(found.place);
    return found.place;
  }

  #update(waiter: Waiter): void {
    const status = this.#isClosed ? closedStatus() : this.#nextStatus(waiter);
    if (status !== null) this.#send(waiter, status);
  }

  /** The status of a waiter in the line; null: it was sent already, or Redis has to be asked. */
  #nextStatus(waiter: Waiter): QueueStatus | null {
    const { entry, place, token, sentAhead } = waiter;
    if (token === null || (place !== null && !this.#live.view.isWaiting(place))) return null;
    const state = stateInLine(this.#room, this.#live.view, place);
    const ahead = place === null ? null : this.#live.peopleAhead(place, sentAhead);
    if (state === waiter.sentState && ahead === sentAhead) return null;
    const status = this.#live.status({ entry, place, token }, sentAhead);
    waiter.note(status, performance.now());
    return status;
  }

  #send(waiter: Waiter, status: QueueStatus): void {
    const ends = isLast(status.state);
    if (ends) this.#waiters.delete(waiter);
    try {
      waiter.subscriber.onUpdate(status);
      if (ends) waiter.subscriber.complete();
    } catch (error) {
      this.#parts.platform.log.error({ err: error }, 'queue subscriber failed');
    }
  }

  #countEstimate(waiter: Waiter): void {
    const result = waiter.judgePromise(performance.now());
    if (result !== null) this.#parts.platform.metrics.queueEstimates.inc({ result });
  }
}

const unavailable = () => new CodedError('SERVICE_UNAVAILABLE', 'The line cannot be read now.');

type InLine = Extract<EntryState, { kind: 'waiting' | 'before-opening' }>;

const isInLine = (found: EntryState | null): found is InLine =>
  found?.kind === 'waiting' || found?.kind === 'before-opening';

/** Whether all who wait see another state. */
const isShownOtherwise = (a: RoomRow, b: RoomRow): boolean =>
  a.phase !== b.phase || a.isPaused !== b.isPaused || a.opensAt.getTime() !== b.opensAt.getTime();
