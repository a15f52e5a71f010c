import { afterEach, expect, test, vi } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';

afterEach(() => void vi.useRealTimers());

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

test.each(['warn', 'error'] as const)('lines of one message at level %s are limited by minute', (level) => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] });
  const lines = linesOf((log) => {
    for (let n = 0; n < 1_000; n++) log[level]({ requestId: `a${n}` }, 'dependency unavailable');
    for (let n = 0; n < 100; n++) log.child({ part: 'x' })[level]('no fields');
    log[level]({ requestId: 'b' }, 'something else');
    vi.setSystemTime(60_000);
    log[level]({ requestId: 'c' }, 'dependency unavailable');
    log[level]('no fields');
    log[level]({ requestId: 'd' }, 'dependency unavailable');
    log[level]({ requestId: 'e' }, 'something else');
  }).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ time }) => time === 0)).toHaveLength(60 + 60 + 1);
  expect(lines.filter(({ time }) => time !== 0)).toMatchObject([
    { requestId: 'c', suppressed: 940, msg: 'dependency unavailable' },
    { suppressed: 40, msg: 'no fields' },
    { requestId: 'd', msg: 'dependency unavailable' },
    { requestId: 'e', msg: 'something else' },
  ]);
  expect(lines.filter(({ suppressed }) => suppressed !== undefined)).toHaveLength(2);
});

test('alarms and what a request says of itself are not limited', () => {
  const lines = linesOf((log) => {
    for (let n = 0; n < 100; n++) {
      log.error({ alarm: 'refund-failed', bookingId: n }, 'alarm');
      log.info({ requestId: n }, 'request');
    }
  });
  expect(lines).toHaveLength(200);
});

test('unexpected errors of one kind hide no others: each name, code and place has a limit of its own', () => {
  const failAsUsual = () => new TypeError('usual');
  const withCode = (code: string) => Object.assign(new TypeError('database'), { code });
  const lines = linesOf((log) => {
    for (let n = 0; n < 100; n++) log.error({ requestId: n, err: failAsUsual() }, 'unexpected error');
    log.error({ err: new TypeError('elsewhere') }, 'unexpected error');
    for (const code of ['23505', '40001']) log.error({ err: withCode(code) }, 'unexpected error');
    const wrapped = () => new Error('query failed', { cause: withCode('57014') });
    for (let n = 0; n < 100; n++) log.error({ err: wrapped() }, 'unexpected error');
  }).map((line) => (JSON.parse(line) as { err: { message: string } }).err.message);
  const counts = Object.entries(Object.groupBy(lines, (message) => message)).map(([message, of]) => [
    message.split(':')[0],
    of!.length,
  ]);
  expect(Object.fromEntries(counts)).toEqual({ usual: 60, elsewhere: 1, database: 2, 'query failed': 60 });
});

test('lines of refused requests are limited by route and status; those of others are not', () => {
  const lines = linesOf((log) => {
    for (let n = 0; n < 100; n++) {
      for (const status of [200, 429, 503]) log.info({ method: 'GET', route: '/graphql', status }, 'request');
    }
    log.info({ method: 'GET', route: '/graphql', status: 401 }, 'request');
    log.info({ method: 'GET', route: '/graphql/stream', status: 429 }, 'request');
  }).map((line) => (JSON.parse(line) as { status: number }).status);
  const count = (status: number) => lines.filter((other) => other === status).length;
  expect([200, 503, 429, 401].map(count)).toEqual([100, 100, 61, 1]);
});
