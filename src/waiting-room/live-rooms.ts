import { findEvent, maySee } from '../catalog/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { CodedError } from '../platform/errors.ts';
import type { Platform } from '../platform/index.ts';
import { settlesWithin } from '../platform/settles-within.ts';
import { AdmissionLogFeed } from './figures/admission-log-feed.ts';
import { FiguresFeed } from './figures/figures-feed.ts';
import { setRoomGauges } from './figures/room-gauges.ts';
import { PassCheck } from './passes/pass-check.ts';
import { RoomReads } from './room-reads.ts';
import type { RoomRow } from './store/rooms.ts';

/** With the duration of a read, what this process knows of rooms is at most 2 s old. */
const REFRESH_INTERVAL_MS = 1_000;
/** Requests wait so long for the first read, and for one that is under way in a process that was suspended. */
const MAX_WAIT_MS = 3_000;
/** Longer than Postgres takes to fail over. A room that was opened since is not known: nothing is sold past it. */
const MAX_AGE_TO_SELL_MS = 10_000;

/** Called after each refresh, with the Events whose places are shown to admitted viewers only since then. */
export type RefreshListener = (newlyProtected: readonly string[]) => void;

/**
 * The rooms that are not closed, as this process knows them, with their ended visits and the clock of Postgres: read every
 * second. While Postgres is away the last ones stay.
 */
export class LiveRooms implements AsyncDisposable {
  /** Checks passes against what was read. */
  readonly passes: PassCheck;
  /** What organisers follow. */
  readonly figures = new FiguresFeed();
  readonly admissionLogs: AdmissionLogFeed;
  readonly #platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  readonly #reads: RoomReads;
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Set<RefreshListener>();
  #refreshing: Promise<void> | null = null;

  constructor(
    platform: Pick<Platform, 'db' | 'log' | 'metrics'>,
    monotonicMs: () => number = () => performance.now(),
  ) {
    this.#platform = platform;
    this.admissionLogs = new AdmissionLogFeed(platform);
    this.#reads = new RoomReads(platform, monotonicMs, {
      onRooms: (rooms, before) => this.#onRooms(rooms, before),
      onVisits: () => this.#notify([]),
    });
    this.passes = new PassCheck(this.#reads.clock, this.#reads.endedVisits.ended);
    void this.refresh();
    this.#timer = setInterval(() => void this.tick(), REFRESH_INTERVAL_MS).unref();
  }

  /** The room of an Event; null: it needs no admission. Throws SERVICE_UNAVAILABLE until rooms could be read once. */
  async of(eventId: string): Promise<RoomRow | null> {
    const { known, visits } = this.#reads;
    if (known === null || !visits.hasSettled)
      await settlesWithin(this.#refreshing ?? this.refresh(), MAX_WAIT_MS);
    return this.known(eventId);
  }

  /** The same before tickets are held. Throws SERVICE_UNAVAILABLE also while rooms could not be read for 10 s. */
  async ofSale(eventId: string): Promise<RoomRow | null> {
    const room = await this.of(eventId);
    if (!this.#isOutdated) return room;
    await settlesWithin(this.#reads.rooms.settled(), MAX_WAIT_MS);
    if (this.#isOutdated) throw unreadable();
    return this.known(eventId);
  }

  /** The same as `of` for a viewer: of the room of a draft only those learn who may see the draft. */
  async shownTo(viewer: Viewer, eventId: string): Promise<RoomRow | null> {
    const room = await this.of(eventId);
    if (room === null || !this.isDraft(eventId)) return room;
    const event = await findEvent(this.#platform.db, eventId); // it may be published since
    return event !== null && maySee(viewer, event) ? room : null;
  }

  /** The same as `of`, without waiting for the first read. */
  known(eventId: string): RoomRow | null {
    if (this.#reads.known === null) throw unreadable();
    return this.#reads.known.get(eventId) ?? null;
  }

  /** The time by the clock of Postgres; only once rooms were read. */
  get now(): Date {
    return new Date(this.#reads.clock.nowMs);
  }

  /** Whether the Event of a room is a draft, was one a moment ago, or was not looked up yet. */
  isDraft(eventId: string): boolean {
    return !this.#reads.published.has(eventId);
  }

  /** Call a listener after each refresh. */
  onRefresh(listener: RefreshListener): void {
    this.#listeners.add(listener);
  }

  /** Read the rooms: what was committed before the call is known after it. */
  refresh(): Promise<void> {
    const refreshing = this.#reads.all().finally(() => {
      if (this.#refreshing === refreshing) this.#refreshing = null;
    });
    this.#refreshing = refreshing;
    return refreshing;
  }

  /** Repeated each second. */
  async tick(): Promise<void> {
    const { metrics } = this.#platform;
    metrics.roomsReadAgeSeconds.set(this.#reads.ageMs / 1_000);
    if (this.#isOutdated) {
      this.#reads.rooms.noteOutage(new Error('no answer for 10 s'));
      setRoomGauges(metrics, [], 0); // the maximum is that of the processes that can read
    }
    await this.#reads.repeat();
  }

  get #isOutdated(): boolean {
    return this.#reads.rooms.ageMs > MAX_AGE_TO_SELL_MS;
  }

  #onRooms(rooms: ReadonlyMap<string, RoomRow>, before: ReadonlyMap<string, RoomRow> | null): void {
    setRoomGauges(this.#platform.metrics, [...rooms.values()], this.#reads.clock.nowMs);
    this.figures.onRooms(rooms);
    this.admissionLogs.onRooms(rooms);
    const newlyProtected = [...rooms.values()].filter((room) =>
      isNewlyProtected(room, before?.get(room.eventId)),
    );
    if (newlyProtected.length > 0) this.#notify(newlyProtected);
  }

  #notify(newlyProtected: readonly RoomRow[]): void {
    const eventIds = newlyProtected.map(({ eventId }) => eventId);
    for (const listener of this.#listeners) listener(eventIds);
  }

  async [Symbol.asyncDispose]() {
    clearInterval(this.#timer);
    await this.#refreshing;
    await this.#reads.settled();
  }
}

const isNewlyProtected = (room: RoomRow, before: RoomRow | undefined): boolean =>
  room.protectsSeatMap && before?.protectsSeatMap !== true;

const unreadable = () => new CodedError('SERVICE_UNAVAILABLE', 'The waiting rooms cannot be read now.');
