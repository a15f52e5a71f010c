import { afterEach, beforeEach, expect, test } from 'vitest';

import { readInstant } from '../../src/platform/instant-column.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../../src/platform/instants.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { alarmOnUnreadableValues } from '../../src/platform/unreadable-values.ts';

const lines: Record<string, unknown>[] = [];
const log = openLog('info', { write: (line) => void lines.push(JSON.parse(line) as never) });
let metrics: ReturnType<typeof openMetrics>;
let alarms: Disposable;
beforeEach(() => {
  metrics = openMetrics();
  alarms = alarmOnUnreadableValues({ log, metrics });
});
afterEach(() => {
  alarms[Symbol.dispose]();
  lines.length = 0;
});

const countAlarms = async () =>
  (await metrics.alarms.get()).values.find(({ labels }) => labels.alarm === 'unreadable-value')?.value ?? 0;

test.each([
  ['2026-11-30 00:13:36+00', '2026-11-30T00:13:36.000Z'],
  ['2026-11-30 00:13:36.123456+00', '2026-11-30T00:13:36.123Z'],
  ['2026-11-30 05:58:36.5+05:45', '2026-11-30T00:13:36.500Z'],
  ['2026-11-29 20:13:36-04', '2026-11-30T00:13:36.000Z'],
  ['1920-01-01 00:19:32+00:19:32', '1920-01-01T00:00:00.000Z'],
])('reads %s', async (text, expected) => {
  expect(readInstant(text, 'starts_at').toISOString()).toBe(expected);
  expect(await countAlarms()).toBe(0);
});

test.each([
  ['infinity', MAX_INSTANT],
  ['20000-01-01 00:00:00+00', MAX_INSTANT],
  ['9999-06-01 00:00:00+00', MAX_INSTANT],
  ['-infinity', MIN_INSTANT],
  ['0044-03-15 12:00:00+00 BC', MIN_INSTANT],
  ['0026-11-30 20:00:00+00', MIN_INSTANT],
])('reads %s as the nearest instant that can be given back, with an alarm', async (text, expected) => {
  for (let times = 0; times < 3; times++) expect(readInstant(text, 'starts_at')).toEqual(expected);

  expect(await countAlarms()).toBe(3);
  expect(lines).toMatchObject([{ alarm: 'unreadable-value', column: 'starts_at', value: text }]); // logged once
});
