import { expect, test } from 'vitest';

import { fold } from '../../../src/platform/text/fold.ts';
import { wordsOf } from '../../../src/platform/text/words.ts';

test.each([
  ['\u0915\u094d\u200d\u0937', '\u0915\u094d\u0937'],
  ['\u0d15\u0d4d\u200d', '\u0d15\u0d4d'],
  ['\u0915\u094d\u200c\u0937', '\u0915\u094d\u0937'],
  ['\u0dc1\u0dca\u200d\u0dbb\u0dd3', '\u0dc1\u0dca\u0dbb\u0dd3'],
  ['\u0647\u200d', '\u0647'],
])('%j and %j are one word, the same', (joined, plain) => {
  expect(fold(joined)).toBe(fold(plain));
  expect(wordsOf(fold(joined))).toHaveLength(1);
});

test.each(['Σωκράτης', 'ΣΩΚΡΑΤΗΣ', 'σωκρατησ'])(
  '%s is found by its letters so far, and in capitals',
  (name) => {
    expect(fold(name)).toBe('σωκρατησ');
  },
);

test('Persian words are found with a joiner and with a space', () => {
  expect(wordsOf(fold('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'))).toEqual(
    wordsOf(fold('\u0645\u06cc \u062e\u0648\u0627\u0647\u0645')),
  );
});
