import { describe, expect, test } from 'vitest';

import { NO_ALTERNATIVES, partialClauses } from '../../src/search/matching/clause-matches.ts';
import { candidatesOf, weightsOf } from '../../src/search/matching/clause-weights.ts';
import { parseTerm } from '../../src/search/parse-term.ts';
import { tsqueryOf } from '../../src/search/postgres/tsquery.ts';
import { MAX_WEIGHT } from '../../src/search/search-limits.ts';

/** As a tsquery, which is easy to read. */
function candidates(term: string, weights: number[]): string | null {
  const match = candidatesOf(partialClauses(parseTerm(term)!), NO_ALTERNATIVES, weights);
  return match && tsqueryOf(match);
}

test('weights double their rarity, and end where counting does', () => {
  const counts = [0, 1, 2, 500, 501, 1_000, 1_001];
  expect(weightsOf(counts, true)).toEqual([0, MAX_WEIGHT, 10, 3, 2, 2, 1]);
});

test('a single common word counts as a rare one where nothing else was found', () => {
  expect(weightsOf([2_363, 39], true)).toEqual([1, 6]);
  expect(weightsOf([2_363, 39], false)).toEqual([2, 6]);
  expect(candidates('grateful ded', [2, 6])).toBe(`('ded':* | ('grateful' | 'gratefuls'))`);
  expect(weightsOf([1_001, 1_001, 39], false)).toEqual([1, 1, 6]);
});

describe('Events that may lack words', () => {
  test('have a rare word, or all common ones', () => {
    expect(candidates('new york park brahms', [1, 1, 2, 5])).toBe(
      `(('brahms':* | 'brahm') | ('park' | 'parks') | ('new' & ('york' | 'yorks')))`,
    );
    expect(candidates('new brahms', [1, 5])).toBe(`('brahms':* | 'brahm')`);
    expect(candidates('new xyzzy', [1, 0])).toBe(`'new'`);
    expect(candidates('xyzzy quux', [0, 0])).toBeNull();
  });

  test('are 4,000 at most by the weights of rare words', () => {
    const all = candidates('a1 b2 c3 d4 e5 f6', [2, 2, 2, 2, 2, 2]);
    expect(all).toBe(`('a1' | 'b2' | 'c3' | 'd4' | ('e5' & 'f6'))`);
  });
});
