import { expect, test } from 'vitest';

import {
  isRejected,
  isUnsettled,
  statusesKeptFrom,
  statusesReplacedBy,
} from '../../src/payments/refund-status.ts';

const STATUSES = ['due', 'requires_action', 'pending', 'succeeded', 'failed', 'canceled', 'of_tomorrow'];

/** What is recorded in the end, when statuses of one refund are written in this order. */
const written = (...statuses: string[]): string =>
  statuses.reduce((recorded, status) => (statusesKeptFrom(status).includes(recorded) ? recorded : status));

test.each([
  { order: ['due', 'pending'], recorded: 'pending' },
  { order: ['pending', 'requires_action', 'pending'], recorded: 'pending' },
  { order: ['requires_action', 'canceled'], recorded: 'canceled' },
  { order: ['pending', 'succeeded', 'failed'], recorded: 'failed' },
  { order: ['succeeded', 'pending'], recorded: 'succeeded' },
  { order: ['succeeded', 'requires_action'], recorded: 'succeeded' },
  { order: ['failed', 'succeeded', 'pending'], recorded: 'failed' },
  { order: ['canceled', 'requires_action', 'failed'], recorded: 'canceled' },
  { order: ['failed', 'canceled'], recorded: 'failed' },
  { order: ['pending', 'of_tomorrow', 'succeeded', 'of_tomorrow'], recorded: 'succeeded' },
])('of one refund the last word is kept: %j', ({ order, recorded }) => {
  expect(written(...order)).toBe(recorded);
});

test('a status that is repeated changes nothing', () => {
  for (const status of STATUSES) expect(statusesKeptFrom(status)).toContain(status);
});

test('another refund replaces one that is settled, and none that has succeeded if it is rejected', () => {
  const replaced = (status: string) => STATUSES.filter((each) => statusesReplacedBy(status).includes(each));
  for (const status of ['pending', 'succeeded', 'of_tomorrow'])
    expect(replaced(status)).toEqual(['due', 'succeeded', 'failed', 'canceled']);
  for (const status of ['failed', 'canceled'])
    expect(replaced(status)).toEqual(['due', 'failed', 'canceled']);
});

test('a status that is newer than this code counts as under way', () => {
  expect(STATUSES.filter(isUnsettled)).toEqual(['due', 'requires_action', 'pending', 'of_tomorrow']);
  expect(STATUSES.filter(isRejected)).toEqual(['failed', 'canceled']);
});
