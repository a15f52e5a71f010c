import { afterEach, expect, test, vi } from 'vitest';

import { openRedis } from '../../../src/platform/redis/client.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { Boards } from '../../../src/seat-map/board/boards.ts';
import { BoardWriter } from '../../../src/seat-map/feed/board-writer.ts';
import { advance } from '../../support/clock.ts';
import { eventually } from '../../support/wait-until.ts';

afterEach(() => void vi.useRealTimers());

const row = { event_id: 'a', place: 0, version: 1, status: 'SOLD' };

test('what waits grows old, also when somebody sets the clock back', async () => {
  await using redis = openRedis(null, { prefix: '', log: openLog('silent'), metrics: openMetrics() });
  await using backlog = new BoardWriter(new Boards(redis), redis);
  backlog.enqueue([{ table: 'tickets', row, transaction: 1 }], 1n);
  advance(-3_600_000);
  await eventually('it is late', async () => backlog.eventsBehindBy(10).has('a'));
  await eventually('it is stuck', async () => backlog.stalledForMs() > 10);
  expect(backlog.oldestUnwrittenLsn).toBe(1n);
});
