import { PgDialect } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';

import { exactStage } from '../../src/search/matching/stages.ts';
import { parseEventQuery } from '../../src/search/parse-query.ts';
import { scoreOf } from '../../src/search/postgres/score.ts';
import { conditionOf } from '../../src/search/postgres/text-conditions.ts';

const queryOf = (term: string) => parseEventQuery({ term, sort: 'RELEVANCE' });
const termOf = (term: string) => queryOf(term).term!;
const wordsOf = (term: string) => termOf(term).clauses.map(({ typed }) => typed);
const unfinishedOf = (term: string) => termOf(term).clauses.find(({ isUnfinished }) => isUnfinished)?.typed;

/** Condition and score of a search. */
function sqlOf(term: string) {
  const { match, score } = exactStage(queryOf(term));
  const dialect = new PgDialect();
  return [conditionOf(match!), scoreOf(score)].map((part) => dialect.sqlToQuery(part));
}

/** Words in the condition of a search. */
const wordsInSql = (term: string): number => sqlOf(term)[0]!.params.join(' & ').split(' & ').length;

test('each word of a term reaches SQL once', () => {
  const repeated = 'ah '.repeat(60);
  expect(wordsOf(repeated)).toEqual(['ah']);
  expect(wordsInSql(repeated)).toBe(1);
  expect(sqlOf(repeated).map((part) => part.sql)).toEqual(sqlOf('ah').map((part) => part.sql));
  expect(wordsOf('Dvořák dvorak DVORAK')).toEqual(['dvorak']);
});

test('at most the first ten words of a term reach SQL', () => {
  const letters = Array.from({ length: 40 }, (_, n) => `w${n}`);
  expect(wordsOf(letters.join(' '))).toEqual(letters.slice(0, 10));
  expect(wordsInSql(letters.join(' '))).toBe(10);
  expect(wordsInSql(letters.slice(0, 9).join(' '))).toBe(9);
});

test('the phrase keeps every word as typed, for the name that is the whole term', () => {
  expect(termOf('Duran  Duran').phrase).toBe('duran duran');
});

test('a word that folding makes longer stays below the limit of Postgres', () => {
  const [word] = wordsOf('\u32cf'.repeat(200)); // a square of three letters
  expect([...word!].length).toBe(100);
  expect(word!.isWellFormed()).toBe(true);
  expect(wordsOf('😀'.repeat(100))[0]!.isWellFormed()).toBe(true);
});

test('little words decide only where there are no others, and stay in the phrase', () => {
  expect(termOf('The Bach & Mozart Tickets')).toMatchObject({
    phrase: 'the bach mozart tickets',
    typed: ['the', 'bach', 'mozart', 'tickets'],
    clauses: [
      { typed: 'bach', spellings: [['bach'], ['baches']], isUnfinished: false },
      { typed: 'mozart', spellings: [['mozart'], ['mozarts']], isUnfinished: false },
    ],
  });
  expect(wordsOf('the the')).toEqual(['the']);
  const named = 'one two three four five six seven eight nine ten';
  expect(wordsOf(`the ${named} of`)).toEqual(named.split(' '));
});

test('the last word may be unfinished, if it is one of the first ten', () => {
  expect(unfinishedOf('grateful d')).toBe('d');
  expect(unfinishedOf('duran duran')).toBe('duran');
  expect(unfinishedOf(Array.from({ length: 11 }, (_, n) => `w${n}`).join(' '))).toBeUndefined();
});
