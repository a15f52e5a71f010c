import { describe, expect, test } from 'vitest';

import { fold } from '../../../src/platform/text/fold.ts';
import { wordsOf } from '../../../src/platform/text/words.ts';
import { COUNTRY_CODES } from '../../../src/search/synonyms/countries.ts';
import { ALIASES, GROUPS } from '../../../src/search/synonyms/names.ts';
import { spellingsAt } from '../../../src/search/synonyms/spellings.ts';

/** Other spellings of what begins a term, and how many of its words that is. */
function spelt(term: string): [string[], number] | null {
  const found = spellingsAt(wordsOf(fold(term)), 0);
  return found && [found.spellings.map((words) => words.join(' ')), found.length];
}

describe('other spellings', () => {
  test.each([
    ['theater', ['theatre'], 1],
    ['Théâtre', ['theater'], 1],
    ['center', ['centre'], 1],
    ['st petersburg', ['saint', 'sankt', 'sint'], 1],
    ['jr', ['junior'], 1],
    ['ny phil', ['new york philharmonic'], 2],
    ['man utd v leeds', ['manchester united'], 2],
    ['psg', ['paris saint germain'], 1],
    ['barca', ['fc barcelona'], 1],
    ['bayern munich v koln', ['bayern munchen'], 2],
    ['rapid vienna', ['rapid wien'], 2],
    ['inter', ['internazionale'], 1],
    ['spurs', ['tottenham hotspur'], 1],
    ['bvb', ['borussia dortmund'], 1],
    ['usa', ['united states', 'united states of america', 'u s a'], 1],
    ['U.S.A. vs Mexico', ['usa', 'united states', 'united states of america'], 3],
    ['united states of america', ['usa', 'united states', 'u s a'], 4],
    ['uk', ['united kingdom', 'great britain', 'u k'], 1],
    ['holland', ['netherlands', 'the netherlands'], 1],
    ['Korea Republic', ['south korea', 'republic of korea'], 2],
    ['Deutschland', ['germany'], 1],
    ['Côte d’Ivoire', ['ivory coast'], 3],
    ['Türkiye', ['turkey'], 1],
    ['9th', ['9th', 'ninth', 'no 9', 'nr 9'], 1],
    ['ninth', ['9th', 'ninth', 'no 9', 'nr 9'], 1],
    ['No. 9', ['9th', 'ninth', 'no 9', 'nr 9'], 2],
    ['21st', ['21st', 'no 21', 'nr 21'], 1],
    ['F.C. Barcelona', ['fc'], 2],
    ['B.B. King', ['bb'], 2],
    ['R.E.M.', ['rem'], 3],
    ['fc porto', ['f c'], 1],
  ])('of %s', (term, spellings, length) => {
    expect(spelt(term)).toEqual([spellings, length]);
  });

  test.each([
    ...[
      'germany',
      'england',
      'america',
      'us',
      'georgia',
      'suede',
      'ira glass',
      'wolverhampton',
      'manchester',
      'tottenham',
    ],
    ...[
      'second city',
      'first',
      'no',
      'no 1000',
      'nothing',
      'v',
      'jon',
      'jazz',
      'tottenham hotspur',
      'vs',
      '',
    ],
  ])('%s has none', (term) => {
    expect(spelt(term)?.[0] ?? []).toEqual(term === 'vs' ? ['v s'] : []);
  });

  test('are folded words, as those of Events are', () => {
    const names = `${GROUPS}\n${ALIASES}`.split(/[,:\n]/).map((name) => name.trim());
    for (const name of names.filter((text) => text !== '')) expect(wordsOf(fold(name)).join(' ')).toBe(name);
    for (const name of COUNTRY_CODES.keys()) expect(wordsOf(fold(name)).join(' ')).toBe(name);
  });
});

test.each([
  ['usa', 'US'],
  ['germany', 'DE'],
  ['deutschland', 'DE'],
  ['espana', 'ES'],
  ['czech republic', 'CZ'],
  ['georgia', 'GE'],
  ['congo', 'CG'],
  ['england', 'GB'],
])('%s is %s', (name, code) => {
  expect(COUNTRY_CODES.get(name)).toBe(code);
});
