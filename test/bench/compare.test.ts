import { expect, test } from 'vitest';

import { COMPARABLE_ROWS } from '../../bench/compare.ts';

test('every row that is a property of the server alone can be compared', () => {
  expect(COMPARABLE_ROWS).toEqual(['P1', 'P6', 'P7', 'P9', 'P12']);
});
