import { randomUUID } from 'node:crypto';

import { openRoom, readOrder } from '../draw/open-room.ts';
import { Line } from '../line/line.ts';
import { SETTLE_MS } from '../line/room-scripts.ts';
import { POSTGRES_CLOCK } from '../store/lease.ts';
import { nameOfRoom, readPhases, readRooms, type RoomKey, type RoomRow } from '../store/rooms.ts';
import { findUnsettledRooms, settleClosedRoom } from '../store/visit-ends.ts';
import type { AdmissionParts } from './admission-parts.ts';
import { MAX_ENTRIES_PER_STEP } from './line-steps.ts';
import { RoomController } from './room-controller.ts';
import { ALL_ADMISSION_SWITCHES } from './stock.ts';

const TICK_MS = 1_000;
/** Closed rooms whose visits one tick ends, a thousand of each. */
const MAX_ROOMS_SETTLED = 10;

/** Dependencies of admission; the others have defaults. */
export type AdmissionOptions = Pick<AdmissionParts, 'platform' | 'stock'> & Partial<AdmissionParts>;

/** Complete the parts of controllers. */
export const admissionParts = (options: AdmissionOptions): AdmissionParts => ({
  line: new Line(options.platform),
  controller: randomUUID(),
  clock: POSTGRES_CLOCK,
  settleMs: SETTLE_MS,
  opening: { openRoom, readOrder },
  switches: ALL_ADMISSION_SWITCHES,
  ...options,
});

/** The controllers of a worker: it tries for the lease of every room each second, and admits for those that it gets. */
export class Admission implements AsyncDisposable {
  readonly #parts: AdmissionParts;
  readonly #controllers = new Map<string, RoomController>();
  readonly #ticking = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #settling: Promise<void> | null = null;
  /** The next rooms are those after this Event. */
  #settledUpTo: string | null = null;

  constructor(options: AdmissionOptions) {
    this.#parts = admissionParts(options);
  }

  /** Tick each second until disposed. */
  start(): this {
    this.#timer = setInterval(() => {
      this.#running ??= this.#tickAll().finally(() => (this.#running = null));
    }, TICK_MS);
    return this;
  }

  async #tickAll(): Promise<void> {
    const { platform } = this.#parts;
    try {
      const rooms = await readRooms(platform.db);
      await this.#forgetClosed(new Set(rooms.map(nameOfRoom)));
      for (const room of rooms) this.#tick(room);
      this.#settling ??= this.#settleAll().finally(() => (this.#settling = null));
    } catch (error) {
      platform.log.warn({ err: error }, 'waiting rooms not controlled');
    }
  }

  /** Delete what Redis has of rooms that Postgres says are closed; of a room that is not there any more it expires. */
  async #forgetClosed(open: ReadonlySet<string>): Promise<void> {
    const gone = [...this.#controllers].filter(([name]) => !open.has(name));
    if (gone.length === 0) return;
    const phases = await readPhases(
      this.#parts.platform.db,
      gone.map(([, { eventId }]) => eventId),
    );
    for (const [name, controller] of gone) {
      const phase = phases.get(name);
      if (phase !== undefined && phase !== 'CLOSED') continue;
      this.#controllers.delete(name);
      if (phase === 'CLOSED') await controller.forget();
    }
  }

  /** A room that takes long does not delay the others. */
  #tick(room: RoomRow): void {
    const name = nameOfRoom(room);
    if (this.#ticking.has(name)) return;
    let controller = this.#controllers.get(name);
    if (controller === undefined)
      this.#controllers.set(name, (controller = new RoomController(this.#parts, room)));
    const ticking = controller
      .tick(room.opensAt)
      .catch((error: unknown) =>
        this.#parts.platform.log.warn({ err: error, ...keyOf(room) }, 'admission failed'),
      )
      .finally(() => this.#ticking.delete(name));
    this.#ticking.set(name, ticking);
  }

  /** Rooms that were closed, each by itself: one that cannot be settled does not hold up the others. */
  async #settleAll(): Promise<void> {
    const { platform } = this.#parts;
    const keys = await findUnsettledRooms(platform.db, this.#settledUpTo, MAX_ROOMS_SETTLED).catch(() => []);
    this.#settledUpTo = keys.length < MAX_ROOMS_SETTLED ? null : keys.at(-1)!.eventId;
    for (const key of keys)
      await this.#settle(key).catch((error: unknown) =>
        platform.log.warn({ err: error, ...keyOf(key) }, 'closed waiting room not settled'),
      );
  }

  async #settle(key: RoomKey): Promise<void> {
    const { platform } = this.#parts;
    const ended = await settleClosedRoom(platform, key, MAX_ENTRIES_PER_STEP);
    for (const { endedBy } of ended) platform.metrics.roomVisitsEnded.inc({ by: endedBy });
  }

  async [Symbol.asyncDispose]() {
    clearInterval(this.#timer);
    await this.#running;
    await this.#settling;
    await Promise.all(this.#ticking.values());
    await Promise.allSettled([...this.#controllers.values()].map((controller) => controller.release()));
  }
}

const keyOf = ({ eventId, generation }: RoomKey): RoomKey => ({ eventId, generation });
