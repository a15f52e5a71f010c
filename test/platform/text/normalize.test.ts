import { afterEach, expect, test, vi } from 'vitest';

import { cleanLine, cleanText } from '../../../src/platform/text/clean.ts';
import { fold } from '../../../src/platform/text/fold.ts';
import { normalize } from '../../../src/platform/text/normalize.ts';
import { skeletonOf, skeletonsOfSign } from '../../../src/platform/text/skeleton.ts';
import { lengthProblem } from '../../../src/platform/text/visible.ts';
import { NORMALIZED, spyOnNormalize } from '../../support/normalized-text.ts';

afterEach(() => vi.restoreAllMocks());

/** Marks in an order that normalising reverses. */
const disorder = (count: number): string => `a${'\u0300'.repeat(count)}${'\u0316'.repeat(count)}`;

test.each<[string, (text: string) => unknown]>([
  ['normalize', (text) => normalize(text, 'NFKD')],
  ['fold', fold],
  ['skeletonOf', skeletonOf],
  ['skeletonsOfSign', skeletonsOfSign],
  ['cleanLine', (text) => cleanLine(text, 10_000)],
  ['cleanText', (text) => cleanText(text, 10_000)],
])('%s hands no long run of marks to ICU', (_name, work) => {
  const passed = spyOnNormalize();
  for (const text of [disorder(2_000), 'カ' + '\uff9e\u0316'.repeat(1_000), '\u0344\u0f77'.repeat(1_000)])
    work(text);
  work('é');
  expect(passed.calls).toBeGreaterThan(0);
  expect(passed.longestRun).toBeLessThanOrEqual(NORMALIZED.maxMarks);
});

test.each([cleanLine, cleanText])('a text that is too large is not normalised, and is refused', (clean) => {
  const passed = spyOnNormalize();
  for (const text of ['é'.repeat(10_000), disorder(10_000), 'x'.repeat(10_000), '\u200b'.repeat(10_000)]) {
    expect(lengthProblem(clean(text, 100), 100)).not.toBeNull();
  }
  expect(passed.longest).toBe(0);
});

test.each([cleanLine, cleanText])('marks in a row are refused, whatever stands between them', (clean) => {
  const passed = spyOnNormalize();
  for (const text of [disorder(200), `a${'\u0300\u200b\u0316\u034f'.repeat(200)}`, '\u102b'.repeat(40)])
    expect(lengthProblem(clean(text, 10_000), 10_000)).toMatch(/32 code points/);
  expect(passed.longestRun).toBeLessThanOrEqual(NORMALIZED.maxMarks);
});

test('a divided run stays as it is', () => {
  const divided = normalize(disorder(100), 'NFC');
  expect(normalize(divided, 'NFC')).toBe(divided);
});

test('texts of accepted lengths are normalised as ever', () => {
  for (const marks of [1, 15, 16]) {
    const text = disorder(marks);
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
      expect(normalize(text, form)).toBe(text.normalize(form));
  }
});

test('every character that normalising reorders counts as a mark', () => {
  const missed: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    const isReordered =
      `\u0345${character}`.normalize('NFKD') !== `\u0345${character.normalize('NFKD')}` || code === 0x345;
    if (isReordered && !NORMALIZED.mark.test(character)) missed.push(code.toString(16));
  }
  expect(missed).toEqual([]);
});
