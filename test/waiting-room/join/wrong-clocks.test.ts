import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import { LiveRooms, openQueue, openQueueWatch } from '../../../src/waiting-room/index.ts';
import { joinQueue } from '../../../src/waiting-room/join/join-queue.ts';
import { offerChallenge } from '../../../src/waiting-room/join/offer-challenge.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { advance } from '../../support/clock.ts';
import { openOwnRoom } from '../own-room.ts';
import { solve } from './queue-client.ts';

const HOUR_MS = 3_600_000;

let live: LivePlatform;
beforeAll(async () => void (live = await openLivePlatform()));
afterAll(() => live[Symbol.asyncDispose]());
afterEach(() => vi.useRealTimers());

const joiner = { viewer: { id: 'ana', roles: new Set<never>() }, address: '192.0.2.1', rawHeaders: [] };

describe.each([
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
])('a process whose clock is an hour %s', (_which, skewMs) => {
  test('accepts the challenge of another, and makes one that others accept', async () => {
    await using rooms = new LiveRooms(live.platform);
    const { eventId } = await openOwnRoom(live.platform, { requiresChallenge: true });
    await rooms.refresh();
    const queue = openQueue(live.platform, rooms, { challengeAttempts: 1 });
    const event = encodeId('Event', eventId);
    const offer = async () => solve((await offerChallenge(queue, joiner, event))!.challenge);
    const ofAnother = await offer();
    advance(skewMs);
    const theirs = await offer();
    expect(await joinQueue(queue, joiner, { event, solution: ofAnother })).toMatchObject({
      __typename: 'QueueJoined',
    });
    vi.useRealTimers();
    const ben = { ...joiner, viewer: { ...joiner.viewer, id: 'ben' } };
    expect(await joinQueue(queue, ben, { event, solution: theirs })).toMatchObject({
      __typename: 'ChallengeRefused', // it is bound to the viewer
    });
    await live.platform.redis.connection!.del(
      ...roomKeys(live.platform.redis.prefix, { eventId, generation: 1 }),
    );
    expect(await joinQueue(queue, joiner, { event, solution: theirs })).toMatchObject({
      __typename: 'QueueJoined',
    });
  });

  test('says how long a visit lasts by the clock that ends it', async () => {
    await using rooms = new LiveRooms(live.platform);
    const room = await openOwnRoom(live.platform);
    const { platform } = live;
    await room.line.join(await room.row(), 'x'.repeat(22));
    await room.change({ phase: 'OPEN' });
    await rooms.refresh();
    const row = await room.row();
    const visits = roomKeys(platform.redis.prefix, row)[3]!;
    const endsAt = rooms.now.getTime() + 600_000;
    await platform.redis.connection!.hset(visits, entryOf(row, 'ana'), `1 ${endsAt}`);
    await using watch = openQueueWatch(platform, rooms);
    advance(skewMs);
    const { state, secondsLeft } = await watch.status(joiner.viewer, room.eventId, null);
    expect(state).toBe('ADMITTED');
    expect(secondsLeft).toBeGreaterThan(300);
    expect(secondsLeft).toBeLessThanOrEqual(600);
  });
});
