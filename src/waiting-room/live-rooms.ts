import { findEvent, maySee, readNow } from '../catalog/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { CodedError } from '../platform/errors.ts';
import type { Platform } from '../platform/index.ts';
import { settlesWithin } from '../platform/settles-within.ts';
import { singleFlightFresh } from '../platform/single-flight.ts';
import { AdmissionLogFeed } from './figures/admission-log-feed.ts';
import { FiguresFeed } from './figures/figures-feed.ts';
import { setRoomGauges } from './figures/room-gauges.ts';
import { EndedVisitsFollower } from './passes/follow-ended-visits.ts';
import { PassCheck } from './passes/pass-check.ts';
import { PostgresClock } from './passes/postgres-clock.ts';
import { findDrafts, readRooms, type RoomRow } from './store/rooms.ts';

/** With the duration of a read, what this process knows of rooms is at most 2 s old. */
const REFRESH_INTERVAL_MS = 1_000;
/** Requests that come before the first read wait for it. */
const FIRST_READ_MS = 3_000;

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
  readonly #timer: NodeJS.Timeout;
  readonly #clock = new PostgresClock();
  readonly #endedVisits: EndedVisitsFollower;
  readonly #listeners = new Set<RefreshListener>();
  readonly #readShared = singleFlightFresh(() => this.#read());
  #rooms: ReadonlyMap<string, RoomRow> | null = null;
  #drafts: ReadonlySet<string> = new Set();
  #reading: Promise<void> | null = null;

  constructor(platform: Pick<Platform, 'db' | 'log' | 'metrics'>) {
    this.#platform = platform;
    this.#endedVisits = new EndedVisitsFollower(platform.db, this.#clock);
    this.passes = new PassCheck(this.#clock, this.#endedVisits.ended);
    this.admissionLogs = new AdmissionLogFeed(platform);
    void this.refresh();
    // not while a read is under way: a slow Postgres gets no queue of them
    this.#timer = setInterval(() => {
      if (this.#reading === null) void this.refresh();
    }, REFRESH_INTERVAL_MS).unref();
  }

  /** The room of an Event; null: it needs no admission. Throws SERVICE_UNAVAILABLE until rooms could be read once. */
  async of(eventId: string): Promise<RoomRow | null> {
    if (this.#rooms === null) await settlesWithin(this.#reading ?? this.refresh(), FIRST_READ_MS);
    return this.known(eventId);
  }

  /** The same for a viewer: of the room of a draft only those learn who may see the draft. */
  async shownTo(viewer: Viewer, eventId: string): Promise<RoomRow | null> {
    const room = await this.of(eventId);
    if (room === null || !this.isDraft(eventId)) return room;
    const event = await findEvent(this.#platform.db, eventId); // it may be published since
    return event !== null && maySee(viewer, event) ? room : null;
  }

  /** The same as `of`, without waiting for the first read. */
  known(eventId: string): RoomRow | null {
    if (this.#rooms === null)
      throw new CodedError('SERVICE_UNAVAILABLE', 'The waiting rooms cannot be read now.');
    return this.#rooms.get(eventId) ?? null;
  }

  /** The time by the clock of Postgres; only once rooms were read. */
  get now(): Date {
    return new Date(this.#clock.nowMs);
  }

  /** Whether the Event of a room is a draft, or was one a moment ago. */
  isDraft(eventId: string): boolean {
    return this.#drafts.has(eventId);
  }

  /** Call a listener after each refresh. */
  onRefresh(listener: RefreshListener): void {
    this.#listeners.add(listener);
  }

  /** Read the rooms: what was committed before the call is known after it. */
  refresh(): Promise<void> {
    const reading = this.#readShared('').finally(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    this.#reading = reading;
    return reading;
  }

  async #read(): Promise<void> {
    const { db, log, metrics } = this.#platform;
    try {
      await this.#clock.measure(() => readNow(db));
      const rooms = new Map((await readRooms(db)).map((room) => [room.eventId, room]));
      this.#drafts = rooms.size === 0 ? new Set() : await findDrafts(db, [...rooms.keys()]);
      await this.#endedVisits.read(rooms);
      const before = this.#rooms;
      this.#rooms = rooms;
      setRoomGauges(metrics, [...rooms.values()], this.#clock.nowMs);
      this.figures.onRooms(rooms);
      this.admissionLogs.onRooms(rooms);
      this.#notify([...rooms.values()].filter((room) => isNewlyProtected(room, before?.get(room.eventId))));
    } catch (error) {
      log.debug({ err: error }, 'waiting rooms not read');
    }
  }

  #notify(newlyProtected: readonly RoomRow[]): void {
    const eventIds = newlyProtected.map(({ eventId }) => eventId);
    for (const listener of this.#listeners) listener(eventIds);
  }

  async [Symbol.asyncDispose]() {
    clearInterval(this.#timer);
    await this.#reading;
  }
}

const isNewlyProtected = (room: RoomRow, before: RoomRow | undefined): boolean =>
  room.protectsSeatMap && before?.protectsSeatMap !== true;
