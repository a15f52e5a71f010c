import { describe, expect, test } from 'vitest';

import { poolOf, type KeptAnswers } from '../../../bench/relevance/pool.ts';
import { agreementOf, readingLines } from '../../../bench/relevance/readers.ts';

const hit = (id: string, isMarked = false) => ({ id, isMarked });

describe('the pool of a query', () => {
  const answers = new Map([
    ['BM25', [hit('a'), hit('b'), hit('c')]],
    ['Postgres', [hit('c'), hit('d')]],
    ['random', [hit('z')]],
  ]);

  test('has the answers of the engines once, in an order that depends on the query alone', () => {
    const pool = poolOf({ query: 'bach', answers }, ['BM25', 'Postgres']);
    expect(pool.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(poolOf({ query: 'bach', answers }, ['Postgres', 'BM25'])).toEqual(pool);
    const orders = ['bach', 'mozart', 'haydn', 'brahms', 'ravel'].map((query) =>
      poolOf({ query, answers }, ['BM25', 'Postgres']).join(''),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});

describe('the agreement of two readers', () => {
  test('is 1 if all grades are equal, and 0 if one reader does not discern', () => {
    expect(agreementOf([[0, 0], [3, 3], [1, 1]])).toEqual({ equal: 1, kappa: 1 }); // prettier-ignore
    expect(agreementOf([[0, 1], [3, 1], [1, 1], [0, 1]]).kappa).toBeCloseTo(0, 10); // prettier-ignore
  });

  test('counts far grades more than near ones', () => {
    const near = agreementOf([[3, 2], [0, 0], [3, 3], [0, 1]]); // prettier-ignore
    const far = agreementOf([[3, 0], [0, 0], [3, 3], [0, 3]]); // prettier-ignore
    expect(near.equal).toBe(far.equal);
    expect(near.kappa).toBeGreaterThan(far.kappa);
  });
});

describe('the figures by two readers', () => {
  const kept: KeptAnswers[] = [
    {
      ...{ query: 'bach', kind: 'exact', half: 'blind' },
      answers: { BM25: [hit('a'), hit('b')], Postgres: [hit('b'), hit('a')] },
    },
    {
      ...{ query: 'xqzwvk', kind: 'nothing', half: 'blind' },
      answers: { BM25: [hit('a')], Postgres: [hit('a', true)] },
    },
  ];
  const reading = (a: number, b: number) => [
    { query: 'bach', grades: { a, b } },
    { query: 'xqzwvk', grades: { a: 0 } },
  ];

  test('come from the mean of both, of the best order of the pool', () => {
    const lines = readingLines(kept, [reading(0, 3), reading(0, 3)]);
    expect(lines[0]).toBe('3 grades of each reader; 100 % equal, weighted kappa 1.00');
    expect(lines).toContain('| exact | 1 | 0.63 | 1.00 |');
    expect(lines).toContain('| nothing | 1 | 0.00 | 1.00 |');
    expect(lines.at(-1)).toBe('| **all but nothing** | 1 | 0.63 | 1.00 |');
  });

  test('need a grade of each reader for each Event of the pool', () => {
    const missing = [{ query: 'bach', grades: { a: 1 } }, reading(0, 0)[1]!];
    expect(() => readingLines(kept, [reading(0, 3), missing])).toThrow(
      'a reader has no grade from 0 to 3 for b of `bach`',
    );
    const tooHigh = [{ query: 'bach', grades: { a: 4, b: 0 } }, reading(0, 0)[1]!];
    expect(() => readingLines(kept, [reading(0, 3), tooHigh])).toThrow('no grade from 0 to 3 for a');
  });
});
