import { afterEach, expect, test, vi } from 'vitest';

import { Backlog } from '../../src/seat-map/backlog.ts';
import type { Boards } from '../../src/seat-map/boards.ts';
import { advance } from '../support/clock.ts';
import { eventually } from '../support/waiting.ts';

afterEach(() => void vi.useRealTimers());

const row = { event_id: 'a', place: 0, version: 1, status: 'SOLD' };

test('what waits grows old, also when somebody sets the clock back', async () => {
  const boards = { apply: async () => null } as unknown as Boards; // Redis is away
  await using backlog = new Backlog(boards, { available: () => false, prefix: '' });
  backlog.add([{ table: 'tickets', row, transaction: 1 }], 1n);
  advance(-3_600_000);
  await eventually('it is late', async () => backlog.behindFor(10).has('a'));
  await eventually('it is stuck', async () => backlog.stuckForMs() > 10);
  expect(backlog.undone).toBe(1n);
});
