import type { DbOrTx } from '../../platform/db/pool.ts';
import {
  endedFrom,
  readEndedVisits,
  type EndedVisitPosition,
  type EndedVisitRow,
} from '../store/ended-visits.ts';
import type { RoomRow } from '../store/rooms.ts';
import { PASS_GRACE_SECONDS } from '../tokens/passes.ts';
import { EndedVisits } from './ended-visits.ts';
import type { PostgresClock } from './postgres-clock.ts';

/** A read of the visits of 20 minutes at 20,000 admissions a minute takes eight such pages. */
const PAGE_ROWS = 50_000;
/** `ended_at` is set before its transaction commits: by `lock_timeout` and `idle_in_transaction_session_timeout` at most so much. */
const COMMIT_LAG_MS = 15_000;
/** The longest visit, two hours, and the grace of its pass. A pass that lives now was written since. */
const MAX_PASS_LIFE_MS = (7_200 + PASS_GRACE_SECONDS) * 1_000;

/** Keeps the ended visits of rooms up to date with Postgres: each read takes those that ended since the last one. */
export class EndedVisitsFollower {
  readonly ended = new EndedVisits();
  readonly #db: DbOrTx;
  readonly #clock: PostgresClock;
  readonly #pageRows: number;
  /** Visits that ended before this have been read. */
  #readUntil: Date | null = null;

  constructor(db: DbOrTx, clock: PostgresClock, pageRows = PAGE_ROWS) {
    this.#db = db;
    this.#clock = clock;
    this.#pageRows = pageRows;
  }

  /** The clock has just been measured. */
  async read(rooms: ReadonlyMap<string, RoomRow>): Promise<void> {
    const { nowMs } = this.#clock;
    const since = this.#readUntil ?? new Date(nowMs - MAX_PASS_LIFE_MS);
    // a room without admissions has no visit that could have ended
    const served = [...rooms.values()].filter((room) => room.served > 0);
    if (served.length > 0) await this.#readSince(served, endedFrom(since));
    this.#readUntil = new Date(nowMs - COMMIT_LAG_MS);
    this.ended.prune(rooms, nowMs / 1_000);
  }

  async #readSince(rooms: readonly RoomRow[], start: EndedVisitPosition): Promise<void> {
    let after = start;
    for (;;) {
      const page: EndedVisitRow[] = await readEndedVisits(this.#db, rooms, {
        after,
        graceSeconds: PASS_GRACE_SECONDS,
        limit: this.#pageRows,
      });
      for (const visit of page)
        this.ended.add({ ...visit, passExpiresAt: Math.ceil(visit.visitEndsAt) + PASS_GRACE_SECONDS });
      if (page.length < this.#pageRows) return;
      after = page.at(-1)!;
    }
  }
}
