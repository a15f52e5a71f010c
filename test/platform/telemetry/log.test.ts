import { expect, test } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';

function linesOf(write: (log: ReturnType<typeof openLog>) => void): string[] {
  const lines: string[] = [];
  write(openLog('debug', { write: (line) => void lines.push(line) }));
  return lines;
}

test('an error is logged without the values that it carries, and within a few kilobytes', () => {
  const secret = 'value of a stranger';
  const error = Object.assign(new Error(`Failed query: ${'x'.repeat(100_000)}`), {
    code: '22021',
    query: 'y'.repeat(100_000),
    params: [secret],
  });
  const [line] = linesOf((log) => log.error({ err: error }, 'unexpected error'));
  expect(line!.length).toBeLessThan(10_000);
  expect(line).not.toContain(secret);
  expect(JSON.parse(line!)).toMatchObject({
    err: {
      type: 'Error',
      code: '22021',
      message: expect.stringContaining('Failed query'),
      stack: expect.any(String),
    },
    msg: 'unexpected error',
  });
});

test('an error that is no Error is logged as text', () => {
  const [line] = linesOf((log) => log.error({ err: 'z'.repeat(100_000) }, 'unexpected error'));
  expect(JSON.parse(line!).err).toHaveLength(4_001);
});
