import { closeDrained, type LeasedRoom, type StepNumbers } from '../store/lease.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';
import { AbandonedPlaces } from './abandoned-places.ts';
import { AdmissionPace } from './admission-pace.ts';
import type { AdmissionParts } from './admission-parts.ts';
import { forgetRoom } from './forget-room.ts';
import { Hindrances, type Hindrance } from './hindrances.ts';
import { KnownStock } from './known-stock.ts';
import { LineSteps, type Beat } from './line-steps.ts';
import { reconcile, restoreLine, type LineParts } from './restore-line.ts';
import { RoomLease } from './room-lease.ts';
import { admitNext, beatAll, endOverdueVisits, publishedOf } from './room-steps.ts';
import { isSoldOut } from './stock.ts';

/** Reconciling repairs what a call of Redis that failed in silence left behind. */
const MAX_TICKS_UNRECONCILED = 30;
/** Rooms that open later are looked at now and then, so that Redis keeps them. */
const NEAR_OPENING_MS = 5 * 60 * 1_000;
const IDLE_TICKS = 30;
/** A lease that is not renewed ends in between, and goes on if no other process has taken it. */
const YIELDED_TICKS = 6;

/** Admits the viewers of one room while it holds the room's lease. */
export class RoomController {
  readonly #parts: AdmissionParts;
  readonly #key: RoomKey;
  readonly #steps: LineSteps;
  readonly #abandoned: AbandonedPlaces;
  readonly #lease: RoomLease;
  readonly #pace = new AdmissionPace();
  readonly #stock: KnownStock;
  readonly #hindrances: Hindrances;
  #ticksUnreconciled = Infinity;
  #numbers: StepNumbers | null = null;
  #idleTicks = 0;
  #idleUntil = 0;
  #yieldedTicks = 0;

  constructor(parts: AdmissionParts, { eventId, generation }: RoomKey) {
    this.#parts = parts;
    this.#key = { eventId, generation };
    this.#steps = new LineSteps(parts.line, this.#key);
    this.#abandoned = new AbandonedPlaces(parts.platform, parts.line, this.#key);
    this.#lease = new RoomLease(parts, this.#key);
    this.#stock = new KnownStock(parts.stock, this.#steps);
    this.#hindrances = new Hindrances(parts.platform.log, this.#key);
  }

  get eventId(): string {
    return this.#key.eventId;
  }

  /** Whether this process controls the room. */
  get holdsLease(): boolean {
    return this.#lease.isHeld;
  }

  /** One step, repeated each second: renew the lease, end visits, admit who fits, publish. */
  async tick(opensAt: Date): Promise<void> {
    if (this.#idleTicks > 0 && opensAt.getTime() === this.#idleUntil) return void this.#idleTicks--;
    if (this.#yieldedTicks > 0) return void this.#yieldedTicks--;
    try {
      this.#hindrances.note(await this.#step());
      if (this.#hindrances.shouldYield) this.#yieldedTicks = YIELDED_TICKS;
    } catch (error) {
      this.#lease.lose(); // what was committed is unknown: the next holder of the lease, maybe this one, reads it
      throw error;
    }
  }

  /** Null: it came to its end, or another process controls the room. */
  async #step(): Promise<Hindrance | null> {
    const leased = await this.#acquire();
    if (leased === null) return null;
    if (leased.room.phase !== 'OPEN') return this.#beforeOpening(leased);
    let beat = await beatAll(this.#steps, leased.room);
    if (beat === null || beat.stage === 'fenced') return this.#lostTouch(beat);
    if (beat.stage === 'drawing') {
      if (!(await this.#steps.open(leased.room.fence))) return 'redis-unavailable';
    } else if (beat.stage !== 'open') {
      const hindrance = await this.#restore(leased);
      if (hindrance !== null) return hindrance;
      beat = await beatAll(this.#steps, leased.room);
      if (beat === null) return this.#lostTouch(null);
    }
    const { room } = leased;
    await this.#stock.beginTick(room);
    if (this.#ticksUnreconciled > MAX_TICKS_UNRECONCILED) {
      if (!(await this.#reconcile(leased))) return this.#lostTouch(null);
      this.#ticksUnreconciled = 0;
      beat = await beatAll(this.#steps, room); // visits that were missing take slots
      if (beat === null) return this.#lostTouch(null);
    }
    this.#ticksUnreconciled++;
    const stepParts = { parts: this.#parts, steps: this.#steps, pace: this.#pace, stock: this.#stock };
    const inside = await endOverdueVisits(stepParts, room, beat);
    if (inside === null) return this.#lostTouch(null);
    const isOnSale = await this.#isOnSale(leased, beat);
    const admitted = await admitNext(stepParts, leased, { inside, waiting: beat.waiting, isOnSale });
    if (admitted === null) return this.#lostTouch(null);
    await this.#abandoned.save(room.fence);
    this.#numbers = this.#numbersOf(leased, beat, { ...admitted, isOnSale });
    const isEmpty = admitted.waiting === 0 && beat.waiting === 0 && !admitted.isSettling;
    if (room.isDraining && isEmpty) await this.#close(room);
    return null;
  }

  /** Asked only where it shows: with no one to admit and no admission of late there is no time to clear either. */
  #isOnSale({ room, now }: LeasedRoom, { waiting }: Beat): Promise<boolean> | boolean {
    const isIdle = waiting === 0 && this.#pace.perMinute(now, room) === null;
    return isIdle || this.#parts.stock.isOnSale(room.eventId);
  }

  /** Redis has lost the room. */
  async #restore(leased: LeasedRoom): Promise<Hindrance | null> {
    const room = await this.#lease.raiseFence();
    if (room === null) return 'fenced';
    leased.room = room;
    const { opening, settleMs } = this.#parts;
    const isRestored = await this.#lease.keep(() => restoreLine(this.#lineParts(), opening, room, settleMs));
    if (isRestored) return null;
    this.#ticksUnreconciled = Infinity;
    return 'not-restored';
  }

  /** The room is closed: delete what Redis has of it. */
  async forget(): Promise<void> {
    await forgetRoom(this.#parts.platform, this.#key);
  }

  /** Give the lease back. */
  async release(): Promise<void> {
    await this.#lease.release();
  }

  async #acquire(): Promise<LeasedRoom | null> {
    const { platform } = this.#parts;
    const numbers = this.#numbers;
    this.#numbers = null; // a step that fails has none
    const acquired = await this.#lease.acquire(numbers);
    if (acquired === null || !acquired.isNew) return acquired?.leased ?? null;
    const { room } = acquired.leased;
    await this.#pace.read(platform.db, room);
    this.#ticksUnreconciled = Infinity;
    platform.log.info({ ...this.#key, fence: room.fence }, 'waiting room lease acquired');
    return acquired.leased;
  }

  async #beforeOpening({ room, now }: LeasedRoom): Promise<Hindrance | null> {
    const beat = await this.#steps.beat(room.fence, null);
    if (beat !== null && beat.stage !== 'lost') {
      const hasProgress = room.opensAt > now;
      this.#numbers = this.#numbersOf({ room, now }, beat, { ...beat, hasProgress });
    }
    if (room.phase === 'BEFORE_OPENING' && room.opensAt > now) {
      if (beat?.stage === 'lost') await this.#parts.line.begin(room);
      this.#idleUntil = room.opensAt.getTime();
      this.#idleTicks = this.#idleUntil - now.getTime() > NEAR_OPENING_MS ? IDLE_TICKS : 0;
      return beat === null ? 'redis-unavailable' : null;
    }
    const { platform, line, opening } = this.#parts;
    const result = await this.#lease.keep(() => opening.openRoom(platform, line, room));
    if (result !== 'opened') return beat === null && result === 'settling' ? 'redis-unavailable' : result;
    platform.log.info({ ...this.#key }, 'waiting room opened');
    return null;
  }

  #numbersOf(
    { room, now }: LeasedRoom,
    beat: Beat,
    step: Pick<StepNumbers, 'waiting' | 'inside' | 'hasProgress'> & { isOnSale?: boolean },
  ): StepNumbers {
    const stock = this.#stock.known;
    const { waiting, inside, hasProgress } = step;
    this.#parts.platform.metrics.roomAbandonments.inc(this.#pace.recordAbandoned(now, beat));
    const isStanding = room.isPaused || step.isOnSale === false || isSoldOut(stock);
    return {
      ...{ waiting, inside, hasProgress, abandoned: beat.abandoned },
      admittedPerMinute: this.#pace.perMinute(now, room),
      ticketsLeft: stock?.available ?? null,
      ticketsHeld: stock?.held ?? null,
      secondsToClear: isStanding ? null : this.#pace.secondsToClear(now, room, waiting),
    };
  }

  async #reconcile({ room, now }: LeasedRoom): Promise<boolean> {
    await this.#parts.line.reserveGiven(room);
    const published = publishedOf(room, this.#pace.perMinute(now, room), this.#stock.known);
    return reconcile(this.#lineParts(), room, published);
  }

  async #close(room: RoomRow): Promise<void> {
    if ((await closeDrained(this.#parts.platform, this.#key, room.fence)) === null) return;
    this.#lease.lose();
    await this.forget();
    this.#parts.platform.log.info({ ...this.#key }, 'waiting room drained and closed');
  }

  /** What Redis shows may differ from Postgres now: the next tick begins by reconciling, or with a new lease. */
  #lostTouch(beat: Beat | null): Hindrance {
    this.#ticksUnreconciled = Infinity;
    if (beat?.stage !== 'fenced') return 'redis-unavailable';
    this.#lease.lose();
    return 'fenced';
  }

  #lineParts(): LineParts {
    const { platform, line } = this.#parts;
    return { platform, line, steps: this.#steps, abandoned: this.#abandoned };
  }
}
