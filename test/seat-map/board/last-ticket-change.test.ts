import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { Boards } from '../../../src/seat-map/board/boards.ts';
import { lastTicketChange } from '../../../src/seat-map/index.ts';
import { eventually } from '../../support/wait-until.ts';
import { openLivePlatform, type LivePlatform } from '../live-platform.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

const GENERATION = 'g1';

test.skipIf(inject('redisUrl') === null)(
  'the mark of the last change stays until a ticket of the Event changes, and is unknown while the feed is away or lags',
  async () => {
    const { redis } = live.platform;
    await eventually('redis is available', async () => redis.available());
    const boards = new Boards(redis);
    const [event, other] = [randomUUID(), randomUUID()];
    const mark = () => lastTicketChange(redis, event);
    const change = (eventId: string, version: number) =>
      boards.apply(GENERATION, eventId, [{ place: 1, version, status: 'A' }]);
    const feed = (...laggingEvents: string[]) =>
      boards.writeHeartbeat({ generation: GENERATION, laggingEvents: new Set(laggingEvents) });
    expect(await mark()).toBeNull();
    await feed();
    const first = await mark();
    expect(first).not.toBeNull();
    await change(other, 1);
    expect(await mark()).toBe(first);
    await change(event, 1); // it has no board
    const second = await mark();
    expect(second).not.toBe(first);
    expect(await mark()).toBe(second);
    await change(event, 2);
    expect(await mark()).not.toBe(second);
    await feed(event);
    expect(await mark()).toBeNull();
  },
);
