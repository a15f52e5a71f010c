import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cleanLine, cleanText, isStorable, storableJson } from '../../../src/platform/text/clean.ts';

test.each(['a', 'a'.repeat(200), '😀'.repeat(200), 'é', ' '])('%j is storable', (text) => {
  expect(isStorable(text, 200)).toBe(true);
});

test.each(['', 'a'.repeat(201), '😀'.repeat(201), 'a\u0000', 'a\nb', 'x\u0085', 'x\ud800', '\udc00x'])(
  '%j is not storable',
  (text) => {
    expect(isStorable(text, 200)).toBe(false);
  },
);

test('JSON is made storable at every depth, keys included', () => {
  const strange = { 'a\0': ['x\ud800', { b: '\0\0' }], fine: ['é😀', 1, true, null] };
  expect(storableJson(strange)).toEqual({
    'a\ufffd': ['x\ufffd', { b: '\ufffd\ufffd' }],
    fine: ['é😀', 1, true, null],
  });
});

/** Letters with marks, joiners, tags, selectors, blanks and controls: what cleaning takes out, and what it stands between. */
const SIGNS = [...'aé1#©漢ا১क्🏴👩😀', ...'\u0301\u200b\u200c\u200d\ufe0e\ufe0f\u20e3\u2800\u3164\u202e\u00ad', '\u{e0041}', '\u{e007f}', ' ', '\t', '\n', '\r', '\0', '\ud800']; // prettier-ignore

test.each([
  ['a line', (text: string) => cleanLine(text, 100)],
  ['a text', (text: string) => cleanText(text, 100)],
])('%s that is clean stays as it is, and is in NFC', (_name, clean) => {
  const texts = fc.array(fc.constantFrom(...SIGNS), { maxLength: 8 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const cleaned = clean(text);
      expect(clean(cleaned)).toBe(cleaned);
      expect(cleaned.normalize('NFC')).toBe(cleaned);
    }),
    { numRuns: 2_000 },
  );
});

test('a mark composes with its letter, whatever stood between them', () => {
  expect(cleanLine('caf\u0065\u200b\u0301', 100)).toBe('café');
});

test('a joiner is kept only by the mark that stands before it in the end', () => {
  const marks = '\u0301\u{e0041}\u094d\u200d'; // without the tag, NFC puts U+094D first
  expect(cleanLine(marks, 100)).toBe('\u094d\u0301');
  expect(cleanText(marks, 100)).toBe('\u094d\u0301');
});
