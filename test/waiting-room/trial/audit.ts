import { burstOf } from '../../../src/waiting-room/admission/token-bucket.ts';
import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { type waitingRoomAdmissions } from '../../../src/waiting-room/tables.ts';
import type { OwnRoom } from '../own-room.ts';
import type { Visitor } from './crowd.ts';

type Admission = typeof waitingRoomAdmissions.$inferSelect;

/** A change reaches an open subscription within this after the end of a fault. */
const MAX_NEWS_MS = 10_000;

/** What is known of a trial when its rules are checked. */
export interface AuditedSecond {
  row: RoomRow;
  visitors: readonly Visitor[];
  /** No process reaches Redis: nothing can be told. */
  isAway: boolean;
}

/** Checks the rules of admission against Postgres, and what viewers were told against both stores. */
export class Audit {
  readonly violations: string[] = [];
  readonly #room: OwnRoom;
  readonly #staleSince = new Map<Visitor, number>();
  #admitted = 0;

  constructor(room: OwnRoom) {
    this.#room = room;
  }

  async second({ row, visitors, isAway }: AuditedSecond): Promise<void> {
    const admissions = await this.#room.admissions();
    const open = admissions.filter(({ endedAt }) => endedAt === null);
    const { stock } = this.#room;
    if (open.length > row.capacity) this.#report(`${open.length} inside`);
    if (admissions.length > this.#admitted && open.length > stock!.available)
      this.#report('more inside than tickets');
    this.#admitted = admissions.length;
    if (new Set(admissions.map(({ entry }) => entry)).size < admissions.length)
      this.#report('admitted twice');
    const early = admissions.filter(
      ({ endedBy, visitEndsAt }) => endedBy === 'EXPIRED' && visitEndsAt.getTime() > this.#room.now,
    );
    if (early.length > 0) this.#report('a visit ended early');
    const isAdmitted = new Set(admissions.map(({ entry }) => entry));
    for (const { id, entry, place, isWatching } of visitors)
      if (isWatching && place !== null && place <= row.served && !isAdmitted.has(entry))
        this.#report(`${id} at ${place} was passed`);
    this.#checkNews(row, visitors, { open, isAway });
  }

  /** Who watches is told of each change. */
  #checkNews(
    row: RoomRow,
    visitors: readonly Visitor[],
    { open, isAway }: { open: readonly Admission[]; isAway: boolean },
  ): void {
    const inside = new Set(open.map(({ entry }) => entry));
    const { now, stock } = this.#room;
    const waiting = stock!.available === 0 ? 'SOLD_OUT' : row.isPaused ? 'PAUSED' : 'WAITING';
    for (const visitor of visitors) {
      const { isWatching, api, entry, state } = visitor;
      const expected = inside.has(entry) ? 'ADMITTED' : row.phase === 'OPEN' ? waiting : 'BEFORE_OPENING';
      if (isAway || !isWatching || api === null || state === expected) this.#staleSince.delete(visitor);
      else {
        const since = this.#staleSince.get(visitor) ?? now;
        this.#staleSince.set(visitor, since);
        if (now - since > MAX_NEWS_MS)
          this.#report(`${visitor.id} was not told ${expected}, but still ${String(state)}`);
      }
    }
  }

  /** The order that was published is that of the admissions, and everyone who watched at the opening is in it. */
  async finish(order: readonly string[], visitors: readonly Visitor[], perMinute: number): Promise<void> {
    const admissions = await this.#room.admissions();
    for (const { entry, place } of admissions)
      if (place <= order.length && order[place - 1] !== entry) this.#report(`place ${place} is of another`);
    const opening = (await this.#room.row()).opensAt.getTime();
    const listed = new Set(order);
    for (const { id, entry, joinedAt, place } of visitors)
      if (joinedAt < opening && place !== null && !listed.has(entry)) this.#report(`${id} was not drawn`);
    for (const [first, { admittedAt: from }] of admissions.entries())
      for (const [last, { admittedAt: to }] of admissions.entries()) {
        const seconds = (to.getTime() - from.getTime()) / 1_000;
        if (last >= first && last - first + 1 > (perMinute * seconds) / 60 + burstOf(perMinute))
          return this.#report(
            `beyond the rate: ${last - first + 1} from ${from.toISOString()} to ${to.toISOString()}`,
          );
      }
  }

  #report(what: string): void {
    this.violations.push(`${what}, at ${(this.#room.now - Date.parse('2027-01-01T12:00:00Z')) / 1_000} s`);
  }
}
