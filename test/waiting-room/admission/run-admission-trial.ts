import type { Platform } from '../../../src/platform/index.ts';
import { endVisitOfBuyer } from '../../../src/waiting-room/admission/end-visit-of-buyer.ts';
import type { RoomController } from '../../../src/waiting-room/admission/room-controller.ts';
import type { AdmissionSwitches } from '../../../src/waiting-room/admission/stock.ts';
import { burstOf } from '../../../src/waiting-room/admission/token-bucket.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { forget, openOwnRoom, START } from '../own-room.ts';

/** Options of a trial. A seed repeats what happens; the order that is drawn is of the room's own key. */
export interface AdmissionTrialOptions {
  seed: number;
  steps: number;
  tickets?: number;
  switches?: AdmissionSwitches;
}

/** What a trial saw. */
export interface AdmissionTrialResult {
  violations: string[];
  admitted: number;
  sold: number;
}

const CAPACITY = 12;
const PER_MINUTE = 120;
const TICKETS = 20;

/** A generator of numbers below a bound, by mulberry32. */
function randomFrom(seed: number) {
  let state = seed;
  return (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/**
 * Viewers join, watch, buy, leave and fall silent, while controllers are killed between two of their steps, replaced too early,
 * and Redis loses the room. After each step the rules of admission are checked against Postgres.
 */
export async function runAdmissionTrial(
  platform: Platform,
  { seed, steps, tickets = TICKETS, switches }: AdmissionTrialOptions,
): Promise<AdmissionTrialResult> {
  const random = randomFrom(seed);
  const room = await openOwnRoom(platform, {
    capacity: CAPACITY,
    admissionsPerMinute: PER_MINUTE,
    visitSeconds: 30,
    graceSeconds: 10,
    order: 'SHUFFLED',
  });
  const { line } = room;
  const violations: string[] = [];
  /** Viewers that watch, and the place of each once it is known. */
  const watching = new Map<string, number | null>();
  let viewers = 0;
  let sold = 0;
  let ticketsReturn = 0;
  room.stock = { available: tickets, held: 0 };

  // a kill: what follows in the controller fails, as its process is gone
  let killIn = Infinity;
  const mortal: Platform = {
    ...platform,
    redis: {
      ...platform.redis,
      attempt: (feature, key, fallback, work) => {
        if (--killIn < 0) throw new Error('killed');
        return platform.redis.attempt(feature, key, fallback, work);
      },
    },
  };
  const open = () =>
    room.controller({
      platform: mortal,
      line: new Line(mortal, () => room.now),
      ...(switches && { switches }),
    });

  let controllers: RoomController[] = [open(), open()];

  const key = await room.row();
  const entry = (viewer: string) => entryOf(key, viewer);
  const join = async () => {
    const viewer = `viewer-${++viewers}`;
    const state = await line.join(await room.row(), entry(viewer));
    if (state !== null) watching.set(viewer, state.kind === 'waiting' ? state.place : null);
  };
  for (let count = 0; count < 30; count++) await join();

  for (let step = 0; step < steps; step++) {
    const row = await room.row();
    for (let count = random(3); count > 0; count--) await join();
    // who watches gives signs of life, and presents its token when Redis has lost it
    const names = [...watching.keys()];
    const lost = new Set(await line.touch(row, names.map(entry)));
    for (const viewer of names)
      if (lost.has(entry(viewer))) await line.restore(row, entry(viewer), watching.get(viewer)!);
    const states = (await line.find(row, names.map(entry))) ?? [];
    for (const [index, state] of states.entries()) {
      const viewer = names[index]!;
      const known = watching.get(viewer);
      if (state?.kind === 'waiting') {
        if (known != null && known !== state.place)
          violations.push(`${viewer} moved from ${known} to ${state.place}`);
        watching.set(viewer, state.place);
      } else if (state?.kind === 'gone') watching.delete(viewer);
      else if (state?.kind === 'admitted' && random(6) === 0) {
        if (random(3) === 0) await line.leave(row, entry(viewer));
        else if (room.stock.available > 0) {
          await endVisitOfBuyer(platform, line, { eventId: room.eventId, viewerId: viewer }).catch(() => {});
          room.stock.available--;
          sold++;
          if (random(4) === 0) ticketsReturn++;
        }
        watching.delete(viewer);
      }
      if (random(40) === 0) watching.delete(viewer); // closes the tab
    }
    if (ticketsReturn > 0 && random(5) === 0) {
      ticketsReturn--;
      room.stock.available++;
    }
    const event = random(12);
    if (event === 0) killIn = random(8);
    if (event === 1) await forget(platform, row);
    const before = (await room.admissions()).length;
    for (const controller of controllers) await controller.tick(row.opensAt).catch(() => {});
    if (killIn < 0 || random(15) === 0) controllers = [open(), ...controllers.slice(0, 1)]; // the lease of the dead lapses
    killIn = Infinity;

    const admissions = await room.admissions();
    const insideNow = admissions.filter(({ endedAt }) => endedAt === null).length;
    if (insideNow > CAPACITY) violations.push(`${insideNow} inside`);
    if (admissions.length > before && insideNow > room.stock.available)
      violations.push('more inside than tickets');
    const seconds = (room.now - START) / 1_000;
    if (admissions.length > (PER_MINUTE * seconds) / 60 + burstOf(PER_MINUTE))
      violations.push('more than the rate');
    if (new Set(admissions.map((each) => each.entry)).size < admissions.length)
      violations.push('admitted twice');
    const served = (await room.row()).served;
    const isAdmitted = new Set(admissions.map((each) => each.entry)); // Redis may not show it yet
    const waiting = [...watching];
    const found =
      (await line.find(
        row,
        waiting.map(([viewer]) => entry(viewer)),
      )) ?? [];
    for (const [index, [viewer, place]] of waiting.entries())
      if (
        place !== null &&
        place <= served &&
        found[index]?.kind === 'waiting' &&
        !isAdmitted.has(entry(viewer))
      )
        violations.push(`${viewer} at ${place} was passed`);
    room.now += 1_000;
  }

  // no slot is lost: once Redis is back and visits are over, as many get in as fit
  room.stock.available = 1_000;
  for (let second = 0; second < 60; second++) {
    const row = await room.row();
    if (second === 20) for (let count = 0; count < 40; count++) await join();
    const names = [...watching.keys()];
    const lost = new Set(await line.touch(row, names.map(entry)));
    for (const viewer of names)
      if (lost.has(entry(viewer))) await line.restore(row, entry(viewer), watching.get(viewer)!);
    for (const controller of controllers) await controller.tick(row.opensAt).catch(() => {});
    room.now += 1_000;
    const { waiting, inside } = await room.row();
    if (second > 40 && waiting > 0 && inside < CAPACITY) violations.push(`${CAPACITY - inside} slots lost`);
  }
  return { violations, admitted: (await room.admissions()).length, sold };
}
