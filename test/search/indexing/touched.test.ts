import { expect, test } from 'vitest';

import type { RowChange } from '../../../src/platform/db/replication.ts';
import { keyOfChange, touchedBy } from '../../../src/search/indexing/touched.ts';

const change = (table: string, operation: RowChange['operation'], row: RowChange['row'] = {}): RowChange => ({
  ...{ table, operation, row },
  transaction: 1,
});

test.each([
  [change('events', 'insert', { id: 'e' }), 'event e'],
  [change('events', 'delete', { id: 'e' }), 'event e'],
  [change('event_performers', 'delete', { event_id: 'e', performer_id: 'p' }), 'event e'],
  [change('price_tiers', 'update', { event_id: 'e', tier: 1 }), 'event e'],
  [change('tickets', 'update', { event_id: 'e', place: 1 }), 'sales e'],
  [change('venues', 'update', { id: 'v' }), 'venue v'],
  [change('performers', 'delete', { id: 'p' }), 'performer p'],
  [change('events', 'truncate'), 'all '],
  [change('venues', 'insert', { id: 'v' }), null],
  [change('performers', 'insert', { id: 'p' }), null],
  [change('seating_plans', 'update', { id: 's' }), null],
])('%j touches %s', (row, key) => {
  expect(keyOfChange(row)).toBe(key);
  expect(touchedBy(row) === null).toBe(key === null);
});
