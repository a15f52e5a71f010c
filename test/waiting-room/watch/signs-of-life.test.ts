import { expect, test } from 'vitest';

import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { DEFAULT_WATCH_TIMES } from '../../../src/waiting-room/watch/queue-watch.ts';
import { SignsOfLife } from '../../../src/waiting-room/watch/signs-of-life.ts';
import { Waiter, Waiters } from '../../../src/waiting-room/watch/waiters.ts';
import { eventually } from '../../support/wait-until.ts';

/** A line whose first calls get no answer, as those of a Redis that is busy. */
function openSigns(unanswered: number) {
  const heard: { entries: readonly string[]; standsSeconds: number }[] = [];
  const line = {
    touch: async (_room: unknown, entries: readonly string[], standsSeconds = 0) => {
      if (unanswered-- > 0) return null;
      heard.push({ entries, standsSeconds });
      return [];
    },
    restore: async () => null,
  };
  const signs = new SignsOfLife(line, () => ({ graceSeconds: 30 }) as RoomRow);
  const flushed = () =>
    eventually('the signs have arrived', async () => {
      signs.flushPolls();
      return heard.length > 0;
    });
  return { signs, heard, flushed };
}

test('a poll whose sign of life got no answer is passed on again', async () => {
  const { signs, heard, flushed } = openSigns(2);
  signs.onPoll('ana', 1, 0);
  signs.flushPolls();
  await flushed();
  expect(heard).toEqual([{ entries: ['ana'], standsSeconds: 30 }]);
});

test('so is the sign of life of a subscription', async () => {
  const { signs, heard, flushed } = openSigns(1);
  const waiters = new Waiters();
  const waiter = new Waiter({ viewer: null, onUpdate() {}, complete() {}, end() {} }, 'ana', 'ana');
  waiter.token = 'token';
  waiters.add(waiter);
  signs.visit(waiters, DEFAULT_WATCH_TIMES, 0);
  await flushed();
  expect(heard[0]!.entries).toEqual(['ana']);
});
