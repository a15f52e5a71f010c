import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { openMetrics } from '../../src/platform/telemetry/metrics.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');
const SUFFIX = /_(?:bucket|sum|count)$/;

/** Metrics of the server by name, with their labels. */
const metrics = new Map(
  openMetrics()
    .registry.getMetricsAsArray()
    .map((metric) => [metric.name, (metric as unknown as { labelNames: string[] }).labelNames]),
);
const namesIn = (text: string) => [...new Set(text.match(/\bonsale_[a-z_]*[a-z]\b/g))];

test.each(['monitoring/alerts.yml', 'monitoring/grafana-waiting-rooms.json', 'docs/operations.md'])(
  '%s names metrics that the server has',
  (file) => {
    const names = namesIn(read(file));
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !metrics.has(name) && !metrics.has(name.replace(SUFFIX, '')))).toEqual([]);
  },
);

test('the stall is the longest that any process knows: one that cannot read hides none', () => {
  for (const file of ['monitoring/alerts.yml', 'monitoring/grafana-waiting-rooms.json'])
    expect(read(file)).toMatch(/[" ]max\(onsale_waiting_room_stalled_seconds\)/);
});

test('the dashboard selects and groups by labels that its metrics have', () => {
  const { panels } = JSON.parse(read('monitoring/grafana-waiting-rooms.json')) as {
    panels: { targets: { expr: string }[] }[];
  };
  for (const { expr } of panels.flatMap(({ targets }) => targets)) {
    const labels = metrics.get(namesIn(expr)[0]!)!;
    const used = [...expr.matchAll(/by \((\w+)\)|(\w+)!?=~?"/g)].map(([, by, matched]) => by ?? matched);
    for (const label of used) expect(labels, expr).toContain(label);
  }
});

test('each alert rule stands in docs/operations.md, and each metric of waiting rooms on the dashboard', () => {
  const alerts = [...read('monitoring/alerts.yml').matchAll(/alert: (\w+)/g)].map(([, name]) => name!);
  expect(alerts).toHaveLength(14);
  for (const name of alerts) expect(read('docs/operations.md')).toContain(name);
  const onDashboard = namesIn(read('monitoring/grafana-waiting-rooms.json'));
  const ofRooms = [...metrics.keys()].filter((name) => /^onsale_(?:waiting_room|queue)/.test(name));
  expect(ofRooms.filter((name) => !onDashboard.includes(name))).toEqual([]);
});
