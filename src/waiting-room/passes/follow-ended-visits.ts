import type { DbOrTx } from '../../platform/db/pool.ts';
import {
  readVisitsByEnd,
  readVisitsByNumber,
  type EndedVisitRow,
  type RoomRead,
  type VisitByEnd,
  type VisitByNumber,
} from '../store/ended-visits.ts';
import type { RoomRow } from '../store/rooms.ts';
import { PASS_GRACE_SECONDS } from '../tokens/passes.ts';
import { EndedVisits } from './ended-visits.ts';
import type { PostgresClock } from './postgres-clock.ts';

/** A read of the visits of 20 minutes at 20,000 admissions a minute takes eight such pages. */
const PAGE_ROWS = 50_000;
/** The longest visit, two hours, and the grace of its pass. A pass that lives now was written since. */
const MAX_PASS_LIFE_MS = (7_200 + PASS_GRACE_SECONDS) * 1_000;

/**
 * Keeps the ended visits of rooms up to date with Postgres. The first read of a room takes all that ended in the life of a pass;
 * each further one those whose number in the room's log is new, and those that have none yet.
 */
export class EndedVisitsFollower {
  readonly ended = new EndedVisits();
  readonly #db: DbOrTx;
  readonly #clock: PostgresClock;
  readonly #pageRows: number;
  #read: ReadonlyMap<string, RoomRead> = new Map();

  constructor(db: DbOrTx, clock: PostgresClock, pageRows = PAGE_ROWS) {
    this.#db = db;
    this.#clock = clock;
    this.#pageRows = pageRows;
  }

  /** The rooms have just been read, and the clock was measured. */
  async read(rooms: ReadonlyMap<string, RoomRow>): Promise<void> {
    const { nowMs } = this.#clock;
    // a room without admissions has no visit that could have ended
    const served = [...rooms.values()].filter((room) => room.served > 0);
    const readBefore = served.map((room) => this.#readBefore(room)).filter((room) => room !== null);
    const others = served.filter((room) => this.#readBefore(room) === null);
    const page = { graceSeconds: PASS_GRACE_SECONDS, limit: this.#pageRows };
    const since = new Date(nowMs - MAX_PASS_LIFE_MS);
    if (others.length > 0)
      await this.#readPages<VisitByEnd>((after) =>
        readVisitsByEnd(this.#db, others, { ...page, since, after }),
      );
    if (readBefore.length > 0)
      await this.#readPages<VisitByNumber>((after) =>
        readVisitsByNumber(this.#db, readBefore, { ...page, after }),
      );
    // what has a number up to this was committed before the rooms were read
    this.#read = new Map(
      served.map(({ eventId, generation, logged }) => [eventId, { eventId, generation, readUpTo: logged }]),
    );
    this.ended.prune(rooms, nowMs / 1_000);
  }

  /** Null also if the log has become shorter: a replica without its last lines took over. */
  #readBefore({ eventId, generation, logged }: RoomRow): RoomRead | null {
    const read = this.#read.get(eventId);
    return read?.generation === generation && read.readUpTo <= logged ? read : null;
  }

  async #readPages<Row extends EndedVisitRow>(
    readAfter: (last: Row | null) => Promise<Row[]>,
  ): Promise<void> {
    for (let last: Row | null = null; ;) {
      const page: Row[] = await readAfter(last);
      for (const visit of page)
        this.ended.add({ ...visit, passExpiresAt: Math.ceil(visit.visitEndsAt) + PASS_GRACE_SECONDS });
      if (page.length < this.#pageRows) return;
      last = page.at(-1)!;
    }
  }
}
