import { describe, expect, test } from 'vitest';

import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { setRoomGauges } from '../../../src/waiting-room/figures/room-gauges.ts';
import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';

const NOW = Date.parse('2027-01-01T12:00:00Z');
const room = (changes: Partial<RoomRow>) =>
  ({
    ...{
      opensAt: new Date(NOW - 600_000),
      progressAt: new Date(NOW),
      isPaused: false,
      waiting: 0,
      inside: 0,
    },
    ...changes,
  }) as RoomRow;

async function gaugesOf(...rooms: RoomRow[]) {
  const metrics = openMetrics();
  setRoomGauges(metrics, rooms, NOW);
  const read = async (name: string) => (await metrics.registry.getSingleMetric(name)!.get()).values[0]!.value;
  return {
    rooms: await read('onsale_waiting_rooms'),
    longest: await read('onsale_waiting_room_longest_line'),
    waiting: await read('onsale_waiting_room_waiting'),
    inside: await read('onsale_waiting_room_inside'),
    stalled: await read('onsale_waiting_room_stalled_seconds'),
  };
}

describe('metrics of waiting rooms', () => {
  test('are 0 without rooms', async () => {
    expect(await gaugesOf()).toEqual({ rooms: 0, longest: 0, waiting: 0, inside: 0, stalled: 0 });
  });

  test('sum the rooms, and have the longest line and the longest stall', async () => {
    const rooms = [
      room({ waiting: 120_000, inside: 10, progressAt: new Date(NOW - 5_000) }),
      room({ waiting: 3, inside: 2, progressAt: new Date(NOW - 90_000) }),
    ];
    expect(await gaugesOf(...rooms)).toEqual({
      ...{ rooms: 2, longest: 120_000, waiting: 120_003, inside: 12, stalled: 90 },
    });
  });

  test.each([
    ['that no controller has opened is stalled since its opening', { progressAt: null }, 600],
    ['whose opening is ahead is not', { opensAt: new Date(NOW + 1_000), progressAt: null }, 0],
    [
      'whose last step was before its opening is stalled since then',
      { progressAt: new Date(NOW - 900_000) },
      600,
    ],
    ['whose last step was noted by a clock that was ahead is', { progressAt: new Date(NOW + 300_000) }, 300],
    ['that is paused is not', { progressAt: new Date(NOW - 900_000), isPaused: true }, 0],
  ])('a room %s', async (_which, changes, stalled) => {
    expect((await gaugesOf(room(changes))).stalled).toBe(stalled);
  });
});
