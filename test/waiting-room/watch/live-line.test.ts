import { expect, test } from 'vitest';

import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { LinePace } from '../../../src/waiting-room/watch/line-pace.ts';
import { LineView } from '../../../src/waiting-room/watch/line-view.ts';
import { LiveLine } from '../../../src/waiting-room/watch/live-line.ts';

const ROOM = {
  ...{ eventId: 'event', generation: 1, phase: 'OPEN', isPaused: false, served: 0 },
  ...{ admissionsPerMinute: 60, capacity: 600, visitSeconds: 600, opensAt: new Date(0) },
} as RoomRow;

const NUMBERS = { waiting: 2_000, inside: 600, measuredRate: 60, isSoldOut: false };

/** Two minutes of a line of 2,000 that moves by one place a second, in which `leave` says who gives up. */
function watchLine(leave: (second: number) => number[]): LiveLine {
  const line = new LiveLine(ROOM, { snapshot: async () => null });
  for (let second = 0; second < 120; second++) {
    const message = { ...NUMBERS, generation: 1, sequence: second + 1, head: second, gone: leave(second) };
    line.onMessage(JSON.stringify(message));
    line.observe(second * 1_000);
  }
  return line;
}

/** The range of an entry with so many people ahead. */
const rangeOf = (line: LiveLine, peopleAhead: number) => {
  let place = line.view.head + 1;
  while (line.view.peopleAhead(place) < peopleAhead) place++;
  const { minWaitSeconds, maxWaitSeconds } = line.status({ entry: 'entry', token: 'token', place });
  return { minWaitSeconds, maxWaitSeconds };
};

const calmly = () => [];
/** Forty that joined in this second leave again, behind 2,000 others. */
const churn = (second: number) => Array.from({ length: 40 }, (_, index) => 2_200 + second * 40 + index);
test('those who join and leave at the end of the line do not change the estimates of those ahead', () => {
  const calm = watchLine(calmly);
  const attacked = watchLine(churn);
  for (const peopleAhead of [10, 200, 1_000, 1_900])
    expect(rangeOf(attacked, peopleAhead)).toEqual(rangeOf(calm, peopleAhead));
});

test('those who give up count for the entries behind them, and not for those before them', () => {
  const view = new LineView(0);
  const pace = new LinePace();
  for (let second = 0; second < 240; second++) {
    const gone = [5 * second + 300, 5 * second + 353];
    view.apply({ ...NUMBERS, generation: 1, sequence: second + 1, head: 5 * second, gone });
    pace.observe(second * 1_000, view);
  }
  const { attrition } = pace.of(ROOM, view);
  expect([0, 40, 130].map(attrition)).toEqual([0, 0, 0]);
  expect(attrition(520)).toBeCloseTo(2 / 512, 3);
  expect(attrition(1_900)).toBe(attrition(520));
});
