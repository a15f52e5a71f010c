import type { DbOrTx } from '../../platform/db/pool.ts';
import { readLastAdmissions } from '../store/admissions.ts';
import type { RoomRow } from '../store/rooms.ts';
import { MeasuredRate } from './measured-rate.ts';
import { TokenBucket } from './token-bucket.ts';

/** Admissions that the measured rate of a new controller begins with. */
const MAX_ADMISSIONS_READ = 10_000;

/** How fast a room admits: what its rate allows, and what was measured. */
export class AdmissionPace {
  #bucket = new TokenBucket(new Date(0));
  #rate = new MeasuredRate();

  /** Begin where the controller before stopped. */
  async read(db: DbOrTx, room: RoomRow): Promise<void> {
    const last = await readLastAdmissions(db, room, MAX_ADMISSIONS_READ);
    this.#bucket = new TokenBucket(last[0] ?? room.opensAt);
    this.#rate = new MeasuredRate();
    for (const at of last.toReversed()) this.#rate.record(at, 1);
  }

  /** How many may be admitted now. */
  available(now: Date, admissionsPerMinute: number): number {
    return this.#bucket.available(now, admissionsPerMinute);
  }

  record(now: Date, admitted: number): void {
    this.#bucket.take(admitted);
    this.#rate.record(now, admitted);
  }

  /** Admissions per minute of late; null if there were none. */
  perMinute(now: Date, { admissionsPerMinute }: Pick<RoomRow, 'admissionsPerMinute'>): number | null {
    return this.#rate.perMinute(now, admissionsPerMinute);
  }
}
