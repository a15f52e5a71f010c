import { commitAdmissions, type OpenVisit } from '../store/admissions.ts';
import type { LeasedRoom } from '../store/lease.ts';
import type { RoomRow } from '../store/rooms.ts';
import { endVisits } from '../store/visit-ends.ts';
import type { AdmissionPace } from './admission-pace.ts';
import type { AdmissionParts } from './admission-parts.ts';
import type { KnownStock } from './known-stock.ts';
import {
  MAX_ENTRIES_PER_STEP,
  MAX_GONE_PER_MESSAGE,
  type Beat,
  type LineSteps,
  type Published,
} from './line-steps.ts';
import { isSoldOut, type Stock } from './stock.ts';

/** Rounds of one tick: with 1,000 entries each more than the highest rate admits in a second. */
const MAX_ROUNDS = 20;

/** What the steps of one room share. */
export interface StepParts {
  parts: AdmissionParts;
  steps: LineSteps;
  pace: AdmissionPace;
  stock: KnownStock;
}

/**
 * Begin a step: entries that were silent for too long, and lost places, are given up in batches; what the messages of the step do
 * not carry is published.
 */
export async function beatAll(steps: LineSteps, room: RoomRow): Promise<Beat | null> {
  let beat = await steps.beat(room.fence, graceMsOf(room));
  for (let round = 1; beat?.hasMore && round < MAX_ROUNDS; round++)
    beat = await steps.beat(room.fence, graceMsOf(room));
  let news = beat?.news ?? 0;
  for (let round = 1; news > MAX_GONE_PER_MESSAGE && round < MAX_ROUNDS; round++)
    news = (await steps.publishLost(room.fence)) ?? 0;
  return beat;
}

/** End visits in Postgres, then free their slots. Returns how many shop; null: Redis is away or lost the room. */
export async function endOverdueVisits(
  { parts: { platform, clock }, steps }: StepParts,
  room: RoomRow,
  { left, inside }: Beat,
): Promise<number | null> {
  let shopping: number | null = inside;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const ended = await endVisits(
      platform,
      { key: room, fence: room.fence },
      { left: round === 1 ? left : [], limit: MAX_ENTRIES_PER_STEP },
      clock,
    );
    for (const { endedBy } of ended) platform.metrics.roomVisitsEnded.inc({ by: endedBy });
    if (ended.length > 0) shopping = await steps.endVisits(ended);
    if (shopping === null || ended.length < MAX_ENTRIES_PER_STEP) break;
  }
  return shopping;
}

/** What came of admitting. */
export interface Admitted {
  waiting: number;
  inside: number;
  /** The line moved, or had no reason to: no slot, no entry, no ticket that is not kept for a viewer inside, no sale, or it is paused. */
  hasProgress: boolean;
  /** Entries that Redis lost may still come back with their tokens. */
  isSettling: boolean;
}

/** Admit who fits, and publish. Null: another controller has it, or Redis lost it. */
export async function admitNext(
  { parts, steps, pace, stock }: StepParts,
  { room, now }: LeasedRoom,
  state: { inside: number; waiting: number; isOnSale: boolean },
): Promise<Admitted | null> {
  const { platform, switches, clock } = parts;
  const published = () => publishedOf(room, pace.perMinute(now, room), stock.known);
  let { inside } = state;
  let admitted = 0;
  let isSettling = false;
  const isStanding = room.isPaused || !state.isOnSale;
  let hasProgress = isStanding || Math.min(state.waiting, room.capacity - inside) <= 0;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const tokens = pace.available(now, room.admissionsPerMinute);
    const wanted = isStanding ? 0 : Math.max(0, Math.min(room.capacity - inside, tokens, state.waiting));
    const { limit, isExhausted } = await stock.bound(room, { inside, waiting: state.waiting, wanted });
    hasProgress ||= isExhausted;
    const proposal = await steps.propose(room.fence, graceMsOf(room), switches.stockBound ? limit : wanted);
    isSettling = proposal === null;
    if (proposal === null) break;
    const { head, places, givenUp } = proposal;
    if (head <= room.served && places.length === 0) {
      if (givenUp === 0) break;
      continue;
    }
    const key = { key: room, fence: room.fence, visitSeconds: room.visitSeconds };
    const visits = await commitAdmissions(platform, key, { head, places }, clock);
    if (visits === null) return null;
    hasProgress = true;
    room.served = head;
    if (visits.length > 0) pace.record(admittedAt(room, visits[0]!), visits.length, room.admissionsPerMinute);
    platform.metrics.roomAdmissions.inc(visits.length);
    const shown = await steps.admit(room.fence, visits, published());
    if (shown === null) return null;
    inside = shown;
    admitted += visits.length;
    if (givenUp === 0 && visits.length < MAX_ENTRIES_PER_STEP) break;
  }
  const shown = await steps.admit(room.fence, [], published());
  const waiting = Math.max(0, state.waiting - admitted);
  return { waiting, inside: shown ?? inside, hasProgress, isSettling };
}

/** What is published of a room. */
export const publishedOf = (room: RoomRow, measuredRate: number | null, stock: Stock | null): Published => ({
  head: room.served,
  measuredRate,
  isSoldOut: isSoldOut(stock),
});

/** When a visit began: by the clock of the commit, which may come late in a step. */
const admittedAt = ({ visitSeconds }: RoomRow, { visitEndsAt }: OpenVisit): Date =>
  new Date(visitEndsAt.getTime() - visitSeconds * 1_000);

const graceMsOf = ({ keepsPlaces, graceSeconds }: RoomRow): number | null =>
  keepsPlaces ? null : graceSeconds * 1_000;
