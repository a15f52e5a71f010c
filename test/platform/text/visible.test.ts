import { describe, expect, test } from 'vitest';

import { cleanLine } from '../../../src/platform/text/clean.ts';
import { fitsLength, isVisible } from '../../../src/platform/text/visible.ts';

const FAMILY = '👨‍👩‍👧‍👦';

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
  expect(fitsLength('😀'.repeat(160), 160)).toBe(true);
  expect(fitsLength('😀'.repeat(161), 160)).toBe(false);
  expect(fitsLength(FAMILY.repeat(160), 300)).toBe(true);
  expect(fitsLength(`a${'\u0301'.repeat(10_000)}`, 300)).toBe(false);
  expect(fitsLength(`a${'\u0301'.repeat(33)}`, 300)).toBe(false);
});
