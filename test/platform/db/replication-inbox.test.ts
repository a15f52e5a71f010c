import { afterEach, expect, test, vi } from 'vitest';

import { ReplicationInbox } from '../../../src/platform/db/replication-inbox.ts';
import { advance } from '../../support/clock.ts';
import { eventually } from '../../support/wait-until.ts';

afterEach(() => void vi.useRealTimers());

test('silence is noticed, also when the clock is set back', async () => {
  const inbox = new ReplicationInbox();
  const next = inbox.next();
  advance(-3_600_000);
  await eventually('it is noticed', async () => inbox.silentForMs() > 10);
  inbox.keepAlive(7n);
  expect(await next).toEqual({ kind: 'caught-up', upTo: 7n });
});
