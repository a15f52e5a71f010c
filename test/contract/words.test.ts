import { expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { bannedWords } from '../../scripts/check/words.ts';

const PATTERNS = ['src/**/*.{ts,lua}', 'schema/**/*.graphql', 'docs/**/*.md', 'test/**/*.ts', '*.md'];

test('src, schema, docs and test contain no banned word and no former name', () => {
  const tree = textsOf(...PATTERNS);
  expect(tree.size).toBeGreaterThan(500);
  expect(bannedWords(tree)).toEqual([]);
});

test.each([
  ['src/booking/x.ts', ['// Who', 'ever asks'].join(''), 'Whoever'],
  ['docs/x.md', ['no', 'body'].join(''), 'nobody'],
  ['docs/y.md', `${['no', 'body'].join('')}'s seat`, 'nobody'],
  ['schema/x.graphql', ['"Some', 'body pays."'].join(''), 'Somebody'],
  ['test/x.test.ts', ['take', 'Turn()'].join(''), 'takeT' + 'urn'],
])('a planted word is found: %s', (file, text, word) => {
  expect(bannedWords(new Map([[file, `first line\n${text}`]]))).toEqual([`${file}:2: ${word}`]);
});
