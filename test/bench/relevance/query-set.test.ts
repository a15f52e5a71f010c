import { describe, expect, test } from 'vitest';

import { wordsIn } from '../../../bench/relevance/judged-event.ts';
import { halfOf, HALVES, KINDS, readQueries } from '../../../bench/relevance/query-set.ts';
import { compileRule } from '../../../bench/relevance/rules.ts';

const MIN_QUERIES = 160;
const MIN_PER_KIND = 10;
/** By query, in a kind. */
const MAX_IMBALANCE = 4;

const [tune, blind] = await Promise.all(HALVES.map(readQueries));
const all = [...tune!, ...blind!];

describe('the judged queries', () => {
  test('are of every kind, each once', () => {
    expect(all.length).toBeGreaterThanOrEqual(MIN_QUERIES);
    for (const kind of KINDS)
      expect(all.filter((query) => query.kind === kind).length, kind).toBeGreaterThanOrEqual(MIN_PER_KIND);
    expect(new Set(all.map(({ query }) => wordsIn(query).join(' '))).size).toBe(all.length);
  });

  test('lie in the half of their hash, known ones in the half to tune on', () => {
    expect(tune!.filter((query) => halfOf(query) !== 'tune')).toEqual([]);
    expect(blind!.filter((query) => halfOf(query) !== 'blind')).toEqual([]);
    for (const kind of KINDS) {
      const [ofTune, ofBlind] = [tune!, blind!].map(
        (half) => half.filter((query) => query.kind === kind).length,
      );
      expect(Math.abs(ofTune! - ofBlind!), kind).toBeLessThanOrEqual(MAX_IMBALANCE);
    }
  });

  test('have rules that compile, unless there is nothing to find', () => {
    for (const query of all) {
      const rules = [...query.perfect, ...query.good, ...query.marginal];
      expect(query.perfect.length > 0, query.query).toBe(query.kind !== 'nothing');
      expect(() => rules.map(compileRule), query.query).not.toThrow();
      expect(rules.every((rule) => Object.keys(rule).length > 0)).toBe(true);
    }
  });
});
