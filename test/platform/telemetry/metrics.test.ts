import { expect, test } from 'vitest';

import { textsOf } from '../../../scripts/check/tree.ts';
import { ERROR_CODES } from '../../../src/platform/errors.ts';
import { ALARMS, TRANSACTIONS } from '../../../src/platform/telemetry/known-labels.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';

const zeros = async (counter: { get(): Promise<{ values: { labels: object; value: number }[] }> }) =>
  (await counter.get()).values.filter(({ value }) => value === 0).map(({ labels }) => Object.values(labels));

test('counters that alerts watch begin at 0, for each known label', async () => {
  const metrics = openMetrics();
  expect(await zeros(metrics.alarms)).toEqual(ALARMS.map((alarm) => [alarm]));
  expect(await zeros(metrics.errors)).toEqual(Object.keys(ERROR_CODES).map((code) => [code]));
  expect(await zeros(metrics.transactionRetries)).toEqual(TRANSACTIONS.map((name) => [name]));
  expect(await zeros(metrics.outcomes)).toEqual([['confirmBooking', 'TooManyPaymentAttempts']]);
});

test('the names of transactions are those that servers use', () => {
  const texts = textsOf('src/**/*.ts')
    .entries()
    .filter(([path]) => !path.startsWith('src/app/cli/')); // commands are not scraped
  const used = [...texts].flatMap(([, text]) =>
    [...text.matchAll(/inTransaction\(\s*[\w#.]+,\s*'([\w.]+)'/g)].map(([, name]) => name),
  );
  expect(used.toSorted()).toEqual([...TRANSACTIONS]);
});
