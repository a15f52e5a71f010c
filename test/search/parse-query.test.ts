import { PgDialect } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';

import { parseEventQuery } from '../../src/search/parse-query.ts';
import { matchesTerm, NO_ALTERNATIVES } from '../../src/search/postgres/match-term.ts';
import { rankOf } from '../../src/search/postgres/rank.ts';

const termOf = (term: string) => parseEventQuery({ term, sort: 'RELEVANCE' }).term!;

/** Words in the conditions and the score of a search. */
function wordsInSql(term: string): number {
  const dialect = new PgDialect();
  const { params } = dialect.sqlToQuery(matchesTerm(termOf(term), NO_ALTERNATIVES));
  return params.join(' & ').split(' & ').length;
}

test('each word of a term reaches SQL once', () => {
  const repeated = termOf('ph '.repeat(60));
  expect(repeated.words).toEqual(['ph']);
  expect(wordsInSql('ph '.repeat(60))).toBe(1);
  const single = new PgDialect().sqlToQuery(rankOf(termOf('ph')));
  const many = new PgDialect().sqlToQuery(rankOf(repeated));
  expect(many.sql).toBe(single.sql);
  expect(termOf('Dvořák dvorak DVORAK').words).toEqual(['dvorak']);
});

test('at most the first ten words of a term reach SQL', () => {
  const letters = Array.from({ length: 40 }, (_, n) => `w${n}`);
  expect(termOf(letters.join(' ')).words).toEqual(letters.slice(0, 10));
  expect(wordsInSql(letters.join(' '))).toBe(10);
  expect(wordsInSql(letters.slice(0, 9).join(' '))).toBe(9);
});

test('the phrase keeps every word as typed, for the name that is the whole term', () => {
  expect(termOf('Duran  Duran').phrase).toBe('duran duran');
});

test('a word that folding makes longer stays below the limit of Postgres', () => {
  const [word] = termOf('\u3315'.repeat(200)).words; // a square of six letters
  expect([...word!].length).toBe(100);
  expect(word!.isWellFormed()).toBe(true);
  expect(termOf('😀'.repeat(100)).words[0]!.isWellFormed()).toBe(true);
});

test('little words decide only where there are no others, and stay in the phrase', () => {
  expect(termOf('The Bach & Mozart Tickets')).toMatchObject({
    phrase: 'the bach mozart tickets',
    typed: ['the', 'bach', 'mozart', 'tickets'],
    words: ['bach', 'mozart'],
    prefix: null,
  });
  expect(termOf('the the').words).toEqual(['the']);
  const named = 'one two three four five six seven eight nine ten';
  expect(termOf(`the ${named} of`).words).toEqual(named.split(' '));
});

test('the last word may be unfinished, if it is one of the first ten', () => {
  expect(termOf('grateful d').prefix).toBe('d');
  expect(termOf('duran duran').prefix).toBe('duran');
  expect(termOf(Array.from({ length: 11 }, (_, n) => `w${n}`).join(' ')).prefix).toBeNull();
});
