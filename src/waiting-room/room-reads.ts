import { readNow } from '../catalog/index.ts';
import type { Platform } from '../platform/index.ts';
import { EndedVisitsFollower } from './passes/follow-ended-visits.ts';
import { PostgresClock } from './passes/postgres-clock.ts';
import { RepeatedRead } from './repeated-read.ts';
import { findDrafts, readRooms, type RoomRow } from './store/rooms.ts';

type Rooms = ReadonlyMap<string, RoomRow>;

/** Called when something was read. */
export interface RoomReadListener {
  onRooms(rooms: Rooms, before: Rooms | null): void;
  /** Ended visits were read, or could not be. */
  onVisits(): void;
}

/**
 * What a process repeatedly reads of rooms: open ones with the clock of Postgres, which of their Events are drafts, and
 * visits that ended. None of the reads keeps another from being repeated.
 */
export class RoomReads {
  readonly clock: PostgresClock;
  readonly endedVisits: EndedVisitsFollower;
  readonly rooms: RepeatedRead;
  readonly drafts: RepeatedRead;
  readonly visits: RepeatedRead;
  /** Open rooms by their Events; null before the first read. */
  known: Rooms | null = null;
  /** Events with a room that are no drafts. */
  published: ReadonlySet<string> = new Set();
  readonly #db: Platform['db'];
  readonly #listener: RoomReadListener;

  constructor(
    { db, log }: Pick<Platform, 'db' | 'log'>,
    monotonicMs: () => number,
    listener: RoomReadListener,
  ) {
    this.#db = db;
    this.#listener = listener;
    this.clock = new PostgresClock(monotonicMs);
    this.endedVisits = new EndedVisitsFollower(db, this.clock);
    const repeat = (what: string, read: () => Promise<void>) =>
      new RepeatedRead(what, read, { log, monotonicMs });
    this.rooms = repeat('waiting rooms', () => this.#readRooms());
    this.drafts = repeat('drafts with a waiting room', () => this.#readDrafts());
    this.visits = repeat('ended visits', () => this.#readVisits());
  }

  /** Read all: what was committed before the call is known after it. */
  async all(): Promise<void> {
    if (await this.rooms.run()) await Promise.all([this.drafts.run(), this.visits.run()]);
  }

  /** Read what is not being read: a slow Postgres gets no queue. */
  async repeat(): Promise<void> {
    if (this.rooms.isUnderWay || !(await this.rooms.run())) return;
    if (!this.drafts.isUnderWay) void this.drafts.run();
    if (this.visits.isUnderWay) this.#listener.onVisits();
    else void this.visits.run();
  }

  /** Age of the oldest part of what is known. */
  get ageMs(): number {
    return Math.max(this.rooms.ageMs, this.drafts.ageMs, this.visits.ageMs);
  }

  /** Resolves when no read is under way. */
  async settled(): Promise<void> {
    await this.rooms.settled();
    await Promise.all([this.drafts.settled(), this.visits.settled()]);
  }

  async #readRooms(): Promise<void> {
    await this.clock.measure(() => readNow(this.#db));
    const rooms = new Map((await readRooms(this.#db)).map((room) => [room.eventId, room]));
    const before = this.known;
    this.known = rooms;
    this.#listener.onRooms(rooms, before);
  }

  async #readDrafts(): Promise<void> {
    const eventIds = [...this.known!.keys()];
    const drafts = eventIds.length === 0 ? new Set() : await findDrafts(this.#db, eventIds);
    this.published = new Set(eventIds.filter((eventId) => !drafts.has(eventId)));
  }

  async #readVisits(): Promise<void> {
    try {
      await this.endedVisits.read(this.known!);
    } finally {
      this.#listener.onVisits();
    }
  }
}
