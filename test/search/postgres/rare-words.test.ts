import { describe, expect, test } from 'vitest';

import { parseTerm } from '../../../src/search/parse-term.ts';
import { NO_ALTERNATIVES } from '../../../src/search/postgres/match-term.ts';
import { candidatesOf, weightOf } from '../../../src/search/postgres/rare-words.ts';
import { MAX_WEIGHT } from '../../../src/search/search-limits.ts';

const candidates = (term: string, weights: number[]) =>
  candidatesOf(parseTerm(term)!, NO_ALTERNATIVES, weights);

test('weights double their rarity, and end where counting does', () => {
  expect([0, 1, 2, 500, 501, 1_000, 1_001].map(weightOf)).toEqual([0, MAX_WEIGHT, 10, 3, 2, 2, 1]);
});

describe('Events that may lack words', () => {
  test('have a rare word, or all common ones', () => {
    expect(candidates('new york park brahms', [1, 1, 2, 5])).toBe('(brahms:*) | (park) | ((new) & (york))');
    expect(candidates('new brahms', [1, 5])).toBe('(brahms:*)');
    expect(candidates('new xyzzy', [1, 0])).toBe('((new))');
    expect(candidates('xyzzy quux', [0, 0])).toBeNull();
  });

  test('are 4,000 at most by the weights of rare words', () => {
    const all = candidates('a1 b2 c3 d4 e5 f6', [2, 2, 2, 2, 2, 2]);
    expect(all).toBe('(a1) | (b2) | (c3) | (d4) | ((e5) & (f6:*))');
  });
});
