import { expect, test } from 'vitest';

import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { stateInLine } from '../../../src/waiting-room/watch/queue-status.ts';

const NUMBERS = { waiting: 9, inside: 0, measuredRate: null, isSoldOut: false };

test.each<
  [string, number | null, Partial<Pick<RoomRow, 'phase' | 'isPaused'>> & { isSoldOut?: boolean }, string]
>([
  ['without a place', null, {}, 'BEFORE_OPENING'],
  ['with a place', 7, {}, 'WAITING'],
  ['with a place, where the process has not read of the opening yet', 7, { phase: 'DRAWING' }, 'WAITING'],
  ['with a place of a paused line', 7, { isPaused: true }, 'PAUSED'],
  ['with a place, and no ticket left', 7, { isSoldOut: true }, 'SOLD_OUT'],
  ['without a place in a paused room', null, { isPaused: true }, 'BEFORE_OPENING'],
])('an entry %s', (_which, place, { isSoldOut = false, ...changes }, state) => {
  const room = { phase: 'OPEN', isPaused: false, ...changes };
  expect(stateInLine(room, { numbers: { ...NUMBERS, isSoldOut } }, place)).toBe(state);
});
