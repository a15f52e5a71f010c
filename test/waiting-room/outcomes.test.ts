import { expect, test } from 'vitest';

import { waitingRoomOccupied } from '../../src/waiting-room/outcomes.ts';

test.each([
  [0, 1],
  [1, 0],
  [3, 2],
])('the message of an occupied room is right for %i and %i', (waiting, inside) => {
  expect(waitingRoomOccupied({ waiting, inside }).message).toBe(
    `The room is occupied (waiting: ${waiting}, inside: ${inside}). Drain it, or close it with \`evenIfOccupied\`.`,
  );
});
