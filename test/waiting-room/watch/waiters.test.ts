import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { writeEntryToken } from '../../../src/waiting-room/tokens/entries.ts';
import type { QueueStatus } from '../../../src/waiting-room/watch/queue-status.ts';
import { DEFAULT_WATCH_TIMES } from '../../../src/waiting-room/watch/queue-watch.ts';
import { RoomWatch } from '../../../src/waiting-room/watch/room-watch.ts';

const ROOM = {
  ...{ eventId: 'event', generation: 1, phase: 'OPEN', graceSeconds: 30, served: 0, isPaused: false },
  ...{ key: Buffer.alloc(32), opensAt: new Date('2027-01-01T12:00:00Z') },
  ...{ admissionsPerMinute: 6_000, capacity: 100, visitSeconds: 1 },
} as RoomRow;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch whose Redis is away until it is back, and a subscriber of it. */
function watchRoom() {
  let isAway = false;
  let sequence = 0;
  const line = {
    find: async (_room: unknown, entries: readonly string[]) =>
      isAway ? null : entries.map(() => ({ kind: 'waiting' as const, place: 501 })),
    touch: async () => (isAway ? null : []),
    restore: async () => null,
    snapshot: async () => null,
  };
  const platform = { log: {}, metrics: {} } as never;
  const watch = new RoomWatch(ROOM, { platform, line, times: DEFAULT_WATCH_TIMES, now: () => 0 });
  return {
    watch,
    setAway: (away: boolean) => (isAway = away),
    subscribe(token: string | null) {
      const updates: QueueStatus[] = [];
      const refusals: Error[] = [];
      const subscriber = {
        viewer: { id: 'ana' } as never,
        onUpdate: (status: QueueStatus) => void updates.push(status),
        complete() {},
        end(refusal: Error) {
          refusals.push(refusal);
          watch.leave(subscriber);
        },
      };
      updates.push(...watch.join(token, subscriber));
      return { updates, refusals };
    },
    /** Seconds in which steps publish this rate, and the process maintains the room. */
    async pass(seconds: number, perMinute: number | null = null, head = 0) {
      for (let second = 0; second < seconds; second++) {
        vi.advanceTimersByTime(1_000);
        const numbers = { waiting: 1_000, inside: 9, measuredRate: perMinute, isSoldOut: false };
        watch.onMessage(JSON.stringify({ generation: 1, sequence: ++sequence, head, gone: [], ...numbers }));
        await watch.maintain(performance.now(), ROOM);
        watch.tick(performance.now());
        await new Promise(setImmediate);
      }
    },
  };
}

const TOKEN = writeEntryToken(ROOM, 'ana', { place: 501 });

describe('a subscription that gets no answer of Redis', () => {
  test('ends after five seconds, so that its client tries again, and is answered once Redis is back', async () => {
    const { setAway, subscribe, pass, watch } = watchRoom();
    setAway(true);
    const ana = subscribe(null);
    await pass(4);
    expect(ana).toEqual({ updates: [], refusals: [] });
    await pass(1);
    expect(ana.refusals).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(watch.subscribers).toBe(0);
    const again = subscribe(null);
    setAway(false);
    await pass(10);
    expect(again).toMatchObject({ updates: [{ state: 'WAITING', place: 501 }], refusals: [] });
  });

  test('goes on if its token says where it stands', async () => {
    const { setAway, subscribe, pass } = watchRoom();
    setAway(true);
    const ana = subscribe(TOKEN);
    await pass(20);
    expect(ana).toMatchObject({ updates: [{ state: 'WAITING', place: 501 }], refusals: [] });
  });
});

describe('a range that alone has changed', () => {
  test('is sent if it differs from the one that the client counts down, once in ten seconds', async () => {
    const { subscribe, pass } = watchRoom();
    await pass(1, 60);
    const { updates } = subscribe(TOKEN);
    expect(updates).toMatchObject([{ peopleAhead: 500, minWaitSeconds: 200, maxWaitSeconds: 1_002 }]);
    await pass(9, 30);
    expect(updates).toHaveLength(1);
    await pass(1, 30);
    expect(updates.slice(1)).toMatchObject([
      { peopleAhead: 500, minWaitSeconds: 400, maxWaitSeconds: 2_004 },
    ]);
    await pass(20, 30);
    expect(updates).toHaveLength(2);
  });

  test('is not sent for a change of less than a fifth, and is for its end', async () => {
    const { subscribe, pass } = watchRoom();
    await pass(1, 60);
    const { updates } = subscribe(TOKEN);
    await pass(15, 57);
    expect(updates).toHaveLength(1);
    await pass(1);
    expect(updates[1]).toMatchObject({ state: 'WAITING', minWaitSeconds: null, maxWaitSeconds: null });
  });

  test('is not sent while the line moves as it promised', async () => {
    const { subscribe, pass } = watchRoom();
    await pass(1, 60);
    const { updates } = subscribe(TOKEN);
    for (let head = 1; head <= 60; head++) await pass(1, 60, head);
    expect(updates.map(({ peopleAhead }) => peopleAhead)).toEqual(
      Array.from({ length: 61 }, (_, index) => 500 - index),
    );
  });
});
