import { expect, test } from 'vitest';

import { wordsOf } from '../../../src/platform/text/words.ts';

test.each([
  ['ac/dc - live!', ['ac', 'dc', 'live']],
  ['!!!', []],
  ['東京都', ['東京', '京都']],
  ['嵐 live2024東京', ['嵐', 'live2024', '東京']],
  ['トーキョー', ['トー', 'ーキ', 'キョ', 'ョー']],
  ['𠮷野家', ['𠮷野', '野家']],
])('the words of %s are %j', (folded, words) => {
  expect(wordsOf(folded)).toEqual(words);
});

test('a word is cut at 100 characters, not within one', () => {
  expect(wordsOf('x'.repeat(200))).toEqual(['x'.repeat(100)]);
  expect([...wordsOf('😀'.repeat(200))[0]!]).toHaveLength(100);
  expect(wordsOf('😀'.repeat(200))[0]!.isWellFormed()).toBe(true);
});
