import { describe, expect, test } from 'vitest';

import { problemsOf } from '../../../bench/relevance/check-set.ts';
import type { Answer, Engine } from '../../../bench/relevance/engines.ts';
import { figureOf, judge } from '../../../bench/relevance/evaluate.ts';
import { halfOf, type Half, type JudgedQuery } from '../../../bench/relevance/query-set.ts';
import { emptyLines, explain, tableOf } from '../../../bench/relevance/report.ts';
import { judgedEvent } from './event.ts';

const events = [
  judgedEvent({ id: 'mass', name: 'Bach: Mass in B Minor' }),
  judgedEvent({ id: 'suite', name: 'Cello Suites', description: 'Johann Sebastian Bach' }),
  judgedEvent({ id: 'other', name: 'Offenbach Gala' }),
];
const byId = new Map(events.map((event) => [event.id, event]));

const engine = (name: string, answers: Record<string, Answer[]>): Engine => ({
  ...{ name, isBaseline: name !== 'Postgres' },
  search: async (query) => answers[query] ?? [],
});
const exact = (id: string): Answer => ({ id, isMarked: false });
const guess = (id: string): Answer => ({ id, isMarked: true });

const bach: JudgedQuery = {
  ...{ kind: 'exact', query: 'bach', known: true },
  ...{ perfect: [{ name: 'bach' }], good: [{ description: 'bach' }], marginal: [] },
};
const nothing: JudgedQuery = {
  ...{ kind: 'nothing', query: 'xqzwvk', known: true },
  ...{ perfect: [], good: [], marginal: [] },
};
const engines = [
  engine('Postgres', { bach: [exact('suite'), exact('mass')], xqzwvk: [guess('other')] }),
  engine('BM25', { xqzwvk: [exact('other')] }),
  engine('random', { bach: [exact('other')], xqzwvk: [exact('other')] }),
];
const judgeHere = (query: JudgedQuery, half: Half = 'tune') => judge(query, half, events, engines);

describe('the figures of a query', () => {
  test('compare the answers with the best order of the whole catalogue', async () => {
    const judged = await judgeHere(bach);
    expect(judged.relevant).toEqual(new Map([['mass', 3], ['suite', 2]])); // prettier-ignore
    expect(figureOf(judged, 'Postgres')).toBeCloseTo((3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3)), 10);
    expect(figureOf(judged, 'BM25')).toBe(0);
  });

  test('that nothing answers are 1 if all hits are marked as guesses', async () => {
    const judged = await judgeHere(nothing);
    expect(figureOf(judged, 'Postgres')).toBe(1);
    expect(figureOf(judged, 'BM25')).toBe(0);
  });
});

describe('the report', () => {
  test('has a row for each kind and one for all that can be answered', async () => {
    const judged = [await judgeHere(bach), await judgeHere(nothing)];
    expect(tableOf('tune', judged, engines)).toEqual([
      '| tune half | queries | Postgres | BM25 | random |',
      '| --- | --- | --- | --- | --- |',
      '| exact | 1 | 0.83 | 0.00 | 0.00 |',
      '| nothing | 1 | 1.00 | 0.00 | 0.00 |',
      '| **all but nothing** | 1 | 0.83 | 0.00 | 0.00 |',
    ]);
    expect(emptyLines(judged, engines)[1]).toBe(
      'BM25: 1 of 1 answers empty; 1 of 1 queries for nothing bring hits that are not marked as guesses',
    );
  });

  test('explains a query of the half to tune on, and no other', async () => {
    const lines = explain(await judgeHere(bach), 'random', byId);
    expect(lines[0]).toBe('`bach` (exact) random: 0.00');
    expect(lines[1]).toContain('0 Offenbach Gala');
    expect(lines.slice(2)).toEqual([
      '  missing, 2 in all:',
      expect.stringContaining('3 Bach: Mass in B Minor'),
      expect.stringContaining('2 Cello Suites'),
    ]);
    const blind = await judgeHere(bach, 'blind');
    expect(() => explain(blind, 'Postgres', byId)).toThrow('the half that is never looked at');
  });
});

describe('the check of the set', () => {
  test('finds rules that no Event meets, queries that none is relevant to, and queries in the wrong half', async () => {
    const mahler = { ...bach, query: 'mahler', perfect: [{ name: 'mahler' }], good: [] };
    expect(problemsOf([await judgeHere(mahler)], events)).toEqual([
      '`mahler` has no relevant Event',
      '`mahler` has a rule that no Event meets: {"name":"mahler"}',
    ]);
    const unknown = { ...bach, known: false };
    const wrong = halfOf(unknown) === 'tune' ? 'blind' : 'tune';
    expect(problemsOf([await judgeHere(unknown, wrong)], events).join()).toContain('is in the wrong half');
  });

  test('names no query of the blind half', async () => {
    const mahler = { ...bach, query: 'mahler', perfect: [{ name: 'mahler' }], good: [] };
    expect(problemsOf([await judgeHere(mahler, 'blind')], events).join()).not.toContain('`mahler`');
  });

  test('refuses a set that a baseline answers', async () => {
    const easy = [
      engine('BM25', { bach: [exact('mass'), exact('suite')] }),
      engine('random', { bach: [exact('mass')] }),
    ];
    const problems = problemsOf([await judge(bach, 'tune', events, easy)], events);
    expect(problems).toEqual(['BM25 reaches 1.00, more than 0.8', 'random reaches 0.79, more than 0.1']);
  });
});
