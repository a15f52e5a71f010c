import { expect, test } from 'vitest';

import { textOf, textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { ERROR_CODES } from '../../src/platform/errors.ts';
import { catalogueProblems, headingsOf } from './errors.ts';
import { readSchema, refusalsOf } from './schema-rules.ts';

test('every refusal and every code is documented, and nothing else is', () => {
  const refusals = refusalsOf(readSchema(textsOf(SCHEMA_FILES).values()));
  const codes = Object.keys(ERROR_CODES);
  expect(Math.min(refusals.length, codes.length)).toBeGreaterThan(5);
  expect(catalogueProblems(headingsOf(textOf('docs/errors.md')), [...refusals, ...codes])).toEqual([]);
});

test('a missing, an obsolete and a duplicate entry of the catalogue are found', () => {
  const page =
    '# Errors\n### SeatGone\n\n```md\n### Quoted\n```\n### `FORBIDDEN`\n### FORBIDDEN\n#### Deeper\n### Old\n';
  expect(headingsOf(page)).toEqual(['SeatGone', 'FORBIDDEN', 'FORBIDDEN', 'Old']);
  expect(catalogueProblems(headingsOf(page), ['SeatGone', 'FORBIDDEN', 'TooLate'])).toEqual([
    'TooLate is not documented',
    'Old does not exist',
    'FORBIDDEN is documented twice',
  ]);
});
