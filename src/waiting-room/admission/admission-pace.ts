import type { DbOrTx } from '../../platform/db/pool.ts';
import { readLastAdmissions } from '../store/admissions.ts';
import type { RoomRow } from '../store/rooms.ts';
import type { Beat } from './line-steps.ts';
import { MeasuredRate } from './measured-rate.ts';
import { TokenBucket } from './token-bucket.ts';

/** Admissions that the measured rate of a new controller begins with. */
const MAX_ADMISSIONS_READ = 10_000;

/** A year: no room is open for longer. */
const MAX_SECONDS_TO_CLEAR = 366 * 24 * 60 * 60;

type Abandoned = Pick<Beat, 'abandoned' | 'abandonedInFront'>;

/** How fast a room admits: what its rate allows, and what was measured. */
export class AdmissionPace {
  #bucket = new TokenBucket(new Date(0));
  #rate = new MeasuredRate();
  #abandonments = new MeasuredRate();
  #abandoned: Abandoned | null = null;

  /** Begin where the controller before stopped. */
  async read(db: DbOrTx, room: RoomRow): Promise<void> {
    const last = await readLastAdmissions(db, room, MAX_ADMISSIONS_READ);
    this.#bucket = new TokenBucket(last[0] ?? room.opensAt);
    this.#rate = new MeasuredRate();
    this.#abandonments = new MeasuredRate();
    this.#abandoned = null;
    for (const at of last.toReversed()) this.#rate.record(at, 1);
  }

  /** How many may be admitted now. */
  available(now: Date, admissionsPerMinute: number): number {
    return this.#bucket.available(now, admissionsPerMinute);
  }

  /** Note admissions, and when they were committed, which may be late in a step. */
  record(at: Date, admitted: number, admissionsPerMinute: number): void {
    this.#bucket.take(admitted, at, admissionsPerMinute);
    this.#rate.record(at, admitted);
  }

  /**
   * Note how many entries were given up or left the line so far; returns how many of them since the last call. The back half is
   * taken to leave like the front half: viewers who join and leave at the end make no line clear sooner.
   */
  recordAbandoned(now: Date, next: Abandoned): number {
    const last = this.#abandoned ?? next;
    this.#abandoned = next;
    this.#abandonments.record(now, 2 * Math.max(0, next.abandonedInFront - last.abandonedInFront));
    return Math.max(0, next.abandoned - last.abandoned);
  }

  /** Admissions per minute of late; null if there were none. */
  perMinute(now: Date, { admissionsPerMinute }: Pick<RoomRow, 'admissionsPerMinute'>): number | null {
    return this.#rate.perMinute(now, admissionsPerMinute);
  }

  /** Seconds until a line is empty if it goes on as of late and no one joins; null: no one was admitted of late. */
  secondsToClear(now: Date, room: Pick<RoomRow, 'admissionsPerMinute'>, waiting: number): number | null {
    const admitted = this.perMinute(now, room);
    if (admitted === null) return null;
    const perMinute = admitted + (this.#abandonments.perMinute(now, Infinity) ?? 0);
    return Math.min(MAX_SECONDS_TO_CLEAR, Math.ceil((waiting * 60) / perMinute));
  }
}
