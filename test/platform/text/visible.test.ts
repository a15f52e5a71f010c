import { describe, expect, test } from 'vitest';

import * as clean from '../../../src/platform/text/clean.ts';
import { isVisible, lengthProblem } from '../../../src/platform/text/visible.ts';

const cleanLine = (text: string): string => clean.cleanLine(text, 100);

const FAMILY = '👨‍👩‍👧‍👦';
/** 35 bytes. */
const KISS = '👩🏽‍❤️‍💋‍👨🏽';

describe('what is not seen', () => {
  test.each([
    ...[
      'A\u200b1',
      'A\u00ad1',
      'A\u202e1\u2066',
      'A\u200d1',
      'A\ufe0f1',
      'A\u{e0041}1',
      'A\u31641',
      '\ufeffA1\u2060',
    ],
    ...['A\u115f1', 'A\u180e1', 'A\u061c1'],
  ])('is no part of %j', (text) => {
    expect(cleanLine(text)).toBe('A1');
  });

  test.each(['1\u200d©', '#\u200d❤', '7\ufe0f\u200d🎭'])('joins no digit to an emoji: %j', (text) => {
    expect(cleanLine(text)).not.toMatch(/[\u200d\ufe0f]/u);
  });

  test.each([
    '',
    ' ',
    '\u3164',
    '\u115f\u1160',
    '\u2800',
    '\u200b',
    '\u0301\u0301',
    '\u{e0041}',
    '\u3000',
    '\u{1d159}',
    '\u{13441}\u{13442}',
    '\uffa0\ufffc',
  ])('is no name: %j', (text) => {
    expect(isVisible(cleanLine(text))).toBe(false);
  });

  test.each([
    ...[FAMILY, '👩🏽‍❤️‍💋‍👨🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '1️⃣', '❤️', '!!!'],
    ...['می‌خواهم', 'ക്‍', 'क्‍ष', '葛󠄀', 'Beyoncé'],
  ])('stays where it is needed: %s', (text) => {
    expect(cleanLine(text)).toBe(text.normalize('NFC'));
    expect(isVisible(cleanLine(text))).toBe(true);
  });
});

test('lengths count characters as people do, with a bound in bytes', () => {
  expect(lengthProblem('😀'.repeat(160), 160)).toBeNull();
  expect(lengthProblem('😀'.repeat(161), 160)).toBe('must have at most 160 characters');
  expect(lengthProblem(FAMILY.repeat(160), 300)).toBeNull();
  for (const marks of [33, 10_000])
    expect(lengthProblem(`a${'\u0301'.repeat(marks)}`, 300)).toBe(
      'must not have a character of more than 32 code points',
    );
});

test('a length that does not fit is refused for the right reason', () => {
  expect(lengthProblem(KISS.repeat(200), 300)).toBe(
    'must have at most 6,000 bytes, and has 7,000: emoji and letters with marks take more than others',
  );
  expect(lengthProblem(KISS.repeat(301), 300)).toBe('must have at most 300 characters');
  expect(lengthProblem('я'.repeat(100_000), 300)).toBe('must have at most 300 characters');
  expect(lengthProblem('a'.repeat(301), 300, 1)).toBe('must have 1 to 300 characters');
  expect(lengthProblem('\u200b', 300, 1)).toBe('must have 1 to 300 characters');
  expect(lengthProblem('', 300)).toBeNull();
});
