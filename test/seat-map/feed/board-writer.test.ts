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

test('the age of queued changes grows, also when the wall clock is set back', async () => {
  await using redis = openRedis(null, { prefix: '', log: openLog('silent'), metrics: openMetrics() });
  await using writer = new BoardWriter(new Boards(redis), redis);
  writer.enqueue([{ table: 'tickets', operation: 'update', row, transaction: 1 }], 1n);
  advance(-3_600_000);
  await eventually('the board lags', async () => writer.eventsBehindBy(10).has('a'));
  await eventually('the writer is stalled', async () => writer.stalledForMs() > 10);
  expect(writer.oldestUnwrittenLsn).toBe(1n);
});
