import type { Platform } from '../../platform/index.ts';
import type { Line } from '../line/line.ts';
import { commitAdmissions, endVisits, readLastAdmissions } from '../store/admissions.ts';
import {
  closeDrained,
  releaseLease,
  renewLease,
  takeLease,
  type ControllerClock,
  type LeasedRoom,
} from '../store/lease.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';
import { LineSteps, MAX_ENTRIES_PER_STEP, type Beat, type Published } from './line-steps.ts';
import { MeasuredRate } from './measured-rate.ts';
import { reconcile, restoreLine, type LineParts, type Opening } from './restore-line.ts';
import { stockBound, type AdmissionSwitches, type Stock, type StockSource } from './stock.ts';
import { burstOf, TokenBucket } from './token-bucket.ts';

/** What controllers are opened with. */
export interface AdmissionParts {
  platform: Platform;
  line: Line;
  opening: Opening;
  stock: StockSource;
  /** Names this process in leases. */
  controller: string;
  clock: ControllerClock;
  /** How long tokens restore places after Redis lost a line, before admissions go on: longer than a poll's interval. */
  settleMs: number;
  switches: Readonly<AdmissionSwitches>;
}

/** Steps of one tick: with 1,000 entries each more than the highest rate admits in a second. */
const MAX_ROUNDS = 20;
/** Reconciling repairs what a call of Redis that failed in silence left behind. */
const MAX_TICKS_UNRECONCILED = 30;
/** Rooms that open later are looked at now and then, so that Redis keeps them. */
const NEAR_OPENING_MS = 5 * 60 * 1_000;
const IDLE_TICKS = 30;
/** With that many tickets for each viewer inside, the stock lasts for some ticks. */
const TICKETS_PER_BUYER = 20;
const MAX_TICKS_WITH_STOCK = 4;
/** Admissions that the measured rate of a new controller begins with. */
const MAX_ADMISSIONS_READ = 10_000;

/** Admits the viewers of one room while it holds the room's lease. */
export class RoomController {
  readonly #parts: AdmissionParts;
  readonly #key: RoomKey;
  readonly #steps: LineSteps;
  #fence: number | null = null;
  #ticksUnreconciled = Infinity;
  #bucket = new TokenBucket(new Date(0));
  #rate = new MeasuredRate();
  #numbers = { waiting: 0, inside: 0 };
  #idleTicks = 0;
  #idleUntil = 0;
  #stock: Stock | null = null;
  #ticksSinceStock = Infinity;

  constructor(parts: AdmissionParts, { eventId, generation }: RoomKey) {
    this.#parts = parts;
    this.#key = { eventId, generation };
    this.#steps = new LineSteps(parts.line, this.#key);
  }

  /** Whether this process controls the room. */
  get holdsLease(): boolean {
    return this.#fence !== null;
  }

  /** One step, repeated each second: renew the lease, end visits, admit who fits, publish. */
  async tick(opensAt: Date): Promise<void> {
    if (this.#idleTicks > 0 && opensAt.getTime() === this.#idleUntil) return void this.#idleTicks--;
    try {
      await this.#step();
    } catch (error) {
      this.#fence = null; // what was committed is unknown: the next holder of the lease, maybe this one, reads it
      throw error;
    }
  }

  async #step(): Promise<void> {
    const leased = await this.#lease();
    if (leased === null) return;
    const { room, now } = leased;
    if (room.phase !== 'OPEN') return this.#beforeOpening(leased);
    let beat = await this.#beat(room);
    if (beat === null || beat.stage === 'fenced') return this.#lostTouch(beat);
    if (beat.stage === 'drawing') {
      if (!(await this.#steps.open(room.fence))) return;
    } else if (beat.stage !== 'open') {
      const restored = await restoreLine(this.#lineParts(), this.#parts.opening, room, this.#parts.settleMs);
      if (restored === null) return this.#lostTouch(null);
      this.#fence = restored.fence;
      room.fence = restored.fence;
      beat = await this.#beat(room);
      if (beat === null) return this.#lostTouch(null);
    }
    const stock = await this.#readStock(room, beat);
    if (this.#ticksUnreconciled > MAX_TICKS_UNRECONCILED) {
      if (!(await reconcile(this.#lineParts(), room, this.#published(room, now, stock))))
        return this.#lostTouch(null);
      this.#ticksUnreconciled = 0;
      beat = await this.#beat(room); // visits that were missing take slots
      if (beat === null) return this.#lostTouch(null);
    }
    this.#ticksUnreconciled++;
    const inside = await this.#endVisits(room, beat);
    if (inside === null) return this.#lostTouch(null);
    await this.#admit(leased, { inside, waiting: beat.waiting, stock });
    if (room.isDraining && this.#numbers.waiting === 0 && beat.waiting === 0) await this.#close(room);
  }

  /** The room is closed or another process controls it: delete what Redis has of it if it is closed. */
  async forget(): Promise<void> {
    await this.#steps.forget();
  }

  /** Give the lease back. */
  async release(): Promise<void> {
    if (this.#fence === null) return;
    const fence = this.#fence;
    this.#fence = null;
    await releaseLease(this.#parts.platform, this.#key, fence, this.#parts.clock);
  }

  async #lease(): Promise<LeasedRoom | null> {
    const { platform, controller, clock } = this.#parts;
    if (this.#fence !== null) {
      const renewed = await renewLease(platform, this.#key, this.#fence, this.#numbers, clock);
      if (renewed !== null) return renewed;
      this.#fence = null;
    }
    const taken = await takeLease(platform, this.#key, controller, clock);
    if (taken === null) return null;
    const { room } = taken;
    const last = await readLastAdmissions(platform.db, this.#key, MAX_ADMISSIONS_READ);
    this.#bucket = new TokenBucket(last[0] ?? room.opensAt);
    this.#rate = new MeasuredRate();
    for (const at of last.toReversed()) this.#rate.record(at, 1);
    this.#numbers = { waiting: room.waiting, inside: room.inside };
    this.#ticksUnreconciled = Infinity;
    this.#fence = room.fence;
    platform.log.info({ ...this.#key, fence: room.fence }, 'waiting room lease acquired');
    return taken;
  }

  async #beforeOpening({ room, now }: LeasedRoom): Promise<void> {
    const beat = await this.#steps.beat(room.fence, null);
    if (beat !== null) this.#numbers = { waiting: beat.waiting, inside: beat.inside };
    if (room.phase === 'BEFORE_OPENING' && room.opensAt > now) {
      if (beat?.stage === 'lost') await this.#parts.line.begin(room);
      this.#idleUntil = room.opensAt.getTime();
      this.#idleTicks = this.#idleUntil - now.getTime() > NEAR_OPENING_MS ? IDLE_TICKS : 0;
      return;
    }
    const { platform, line, opening } = this.#parts;
    if (await opening.openRoom(platform, line, room))
      platform.log.info({ ...this.#key }, 'waiting room opened');
  }

  /** While there is plenty, the stock is read every few ticks. */
  async #readStock(room: RoomRow, { inside }: Beat): Promise<Stock | null> {
    const buyers = inside + burstOf(room.admissionsPerMinute);
    const isPlenty = (this.#stock?.available ?? 0) > buyers * TICKETS_PER_BUYER;
    if (!isPlenty || ++this.#ticksSinceStock > MAX_TICKS_WITH_STOCK) {
      this.#stock = await this.#parts.stock.stockOf(room.eventId);
      this.#ticksSinceStock = 0;
    }
    return this.#stock;
  }

  /** Entries that were silent for too long are given up in batches. */
  async #beat(room: RoomRow): Promise<Beat | null> {
    let beat = await this.#steps.beat(room.fence, graceMsOf(room));
    for (let round = 1; beat?.hasMoreSilent && round < MAX_ROUNDS; round++)
      beat = await this.#steps.beat(room.fence, graceMsOf(room));
    return beat;
  }

  /** End visits in Postgres, then free their slots. Returns how many shop. */
  async #endVisits(room: RoomRow, { left, inside }: Beat): Promise<number | null> {
    let shopping: number | null = inside;
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const ended = await endVisits(
        this.#parts.platform,
        { key: this.#key, fence: room.fence },
        { left: round === 1 ? left : [], limit: MAX_ENTRIES_PER_STEP },
        this.#parts.clock,
      );
      if (ended.length > 0) shopping = await this.#steps.endVisits(ended);
      if (shopping === null || ended.length < MAX_ENTRIES_PER_STEP) break;
    }
    return shopping;
  }

  async #admit(
    { room, now }: LeasedRoom,
    state: { inside: number; waiting: number; stock: Stock | null },
  ): Promise<void> {
    const { platform, line, stock: source, switches, clock } = this.#parts;
    const published = () => this.#published(room, now, state.stock);
    let { inside } = state;
    let admitted = 0;
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const tokens = this.#bucket.available(now, room.admissionsPerMinute);
      const wanted = room.isPaused ? 0 : Math.max(0, Math.min(room.capacity - inside, tokens, state.waiting));
      const bounded =
        wanted === 0 || !switches.stockBound
          ? wanted
          : await stockBound(source, line, room, { stock: state.stock, inside, wanted });
      const proposal = await this.#steps.propose(room.fence, graceMsOf(room), bounded);
      if (proposal === null) break;
      const { head, places, givenUp } = proposal;
      if (head <= room.served && places.length === 0) {
        if (givenUp === 0) break;
        continue;
      }
      const { visitSeconds } = room;
      const key = { key: this.#key, fence: room.fence, visitSeconds };
      const visits = await commitAdmissions(platform, key, { head, places }, clock);
      if (visits === null) return this.#lostTouch(null);
      room.served = head;
      this.#bucket.take(visits.length);
      this.#rate.record(now, visits.length);
      const shown = await this.#steps.admit(room.fence, visits, published());
      if (shown === null) return this.#lostTouch(null);
      inside = shown;
      admitted += visits.length;
      if (givenUp === 0 && visits.length < MAX_ENTRIES_PER_STEP) break;
    }
    const shown = await this.#steps.admit(room.fence, [], published());
    const waiting = Math.max(0, state.waiting - admitted);
    this.#numbers = { waiting, inside: shown ?? inside };
  }

  async #close(room: RoomRow): Promise<void> {
    if ((await closeDrained(this.#parts.platform, this.#key, room.fence)) === null) return;
    this.#fence = null;
    await this.forget();
    this.#parts.platform.log.info({ ...this.#key }, 'waiting room drained and closed');
  }

  /** What Redis shows may differ from Postgres now: the next tick begins by reconciling, or with a new lease. */
  #lostTouch(beat: Beat | null): void {
    this.#ticksUnreconciled = Infinity;
    if (beat?.stage === 'fenced') this.#fence = null;
  }

  #published(room: RoomRow, now: Date, stock: Stock | null): Published {
    return {
      head: room.served,
      measuredRate: this.#rate.perMinute(now),
      isSoldOut: stock !== null && stock.available + stock.held === 0,
    };
  }

  #lineParts(): LineParts {
    return { platform: this.#parts.platform, line: this.#parts.line, steps: this.#steps };
  }
}

const graceMsOf = ({ keepsPlaces, graceSeconds }: RoomRow): number | null =>
  keepsPlaces ? null : graceSeconds * 1_000;
