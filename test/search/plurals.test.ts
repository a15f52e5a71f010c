import { expect, test } from 'vitest';

import { otherNumber } from '../../src/search/plurals.ts';

test.each([
  ['concert', 'concerts'],
  ['symphony', 'symphonies'],
  ['match', 'matches'],
  ['game', 'games'],
])('%s and %s are one word in two numbers', (singular, plural) => {
  expect(otherNumber(singular)).toBe(plural);
  expect(otherNumber(plural)).toBe(singular);
});

test.each(['mars', 'jesus', 'mass', 'basis', 'abc', 'u2', 'дети', ''])('%s has no other number', (word) => {
  expect(otherNumber(word)).toBeNull();
});
