import { expect, test, vi } from 'vitest';
import { z } from 'zod';

import { defineJob } from '../../../src/platform/db/jobs.ts';
import type { Tx } from '../../../src/platform/db/pool.ts';

const job = defineJob('test.job', z.object({ id: z.string() }));

test('a handler gets its payload validated, without fields that the schema does not have', async () => {
  const handle = vi.fn(async (_payload: { id: string }) => {});
  const handler = job.handler(handle);
  expect(handler.name).toBe('test.job');
  await handler.handle({ id: 'a', _cron: { ts: '2026-01-01T00:00:00Z' } });
  expect(handle.mock.calls).toEqual([[{ id: 'a' }]]);
  for (const payload of [{}, { id: 1 }, null, 'a']) await expect(handler.handle(payload)).rejects.toThrow();
  expect(handle).toHaveBeenCalledTimes(1);
});

test('a payload of another type does not compile', () => {
  const wrong = (tx: Tx) => [
    // @ts-expect-error: the id is a string
    job.enqueue(tx, null, { id: 1 }),
    // @ts-expect-error: the id is missing
    job.enqueue(tx, null, {}),
    // @ts-expect-error: the Event is missing; null says that there is none
    job.enqueue(tx, { id: 'a' }),
    // @ts-expect-error: a handler cannot expect a field that the payload does not have
    job.handler(async ({ name }: { name: string }) => void name),
  ];
  expect(wrong).toBeTypeOf('function');
});
