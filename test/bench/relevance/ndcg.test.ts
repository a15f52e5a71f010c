import { describe, expect, test } from 'vitest';

import { ndcg } from '../../../bench/relevance/ndcg.ts';

describe('nDCG@10', () => {
  test('is 1 for the best order and 0 without a relevant Event', () => {
    expect(ndcg([3, 2, 1], [1, 2, 3])).toBe(1);
    expect(ndcg([0, 0], [3])).toBe(0);
    expect(ndcg([], [3])).toBe(0);
    expect(ndcg([0], [])).toBe(0);
  });

  test('a perfect Event counts seven times as much as a marginal one, and less the later it comes', () => {
    // gains 7 and 1, discounts log2(2) and log2(3)
    expect(ndcg([1, 3], [3, 1])).toBeCloseTo((1 + 7 / Math.log2(3)) / (7 + 1 / Math.log2(3)), 10);
    expect(ndcg([0, 3], [3])).toBeCloseTo(1 / Math.log2(3), 10);
  });

  test('counts ten ranks: with more relevant Events than fit, ten of them are the best order', () => {
    expect(ndcg(Array(10).fill(3), Array(2_000).fill(3))).toBe(1);
    expect(ndcg([...Array(10).fill(0), 3], [3])).toBe(0);
  });
});
