import { describe, expect, test } from 'vitest';

import { fold } from '../../src/platform/text/fold.ts';
import { wordsOf } from '../../src/platform/text/words.ts';
import { clausesOf } from '../../src/search/clauses.ts';

/** Clauses in one line each: `usa = united states`; `…` behind an unfinished one. */
const written = (term: string): string[] =>
  clausesOf(wordsOf(fold(term))).map(
    ({ spellings, isUnfinished }) =>
      `${spellings.map((words) => words.join(' ')).join(' = ')}${isUnfinished ? '…' : ''}`,
  );

describe('the clauses of a term', () => {
  test.each([
    ['tailor swft', ['tailor = tailors', 'swft…']],
    ['usa vs mexico', ['usa = united states = united states of america = u s a', 'mexico…']],
    ['united states v mexico', ['united states = usa = united states of america = u s a', 'mexico…']],
    ['F.C. Barcelona', ['f c = fc', 'barcelona…']],
    ['fc barcelona', ['fc = f c', 'barcelona…']],
    ['beethoven no. 9', ['beethoven = beethovens', 'no 9 = 9th = ninth = nr 9…']],
    ['man utd v man city', ['man utd = manchester united', 'man city = manchester city…']],
    ['opera theater', ['opera = operas = oper', 'theater = theatre…']],
    ['duran duran', ['duran…']],
    ['paint nights', ['paint = paints', 'nights = night…']],
    ['concert munich', ['concert = concerts = konzert = konzerte = concierto', 'munich…']],
    ['the the', ['the…']],
    ['a a a a a a a', ['a…']],
    ['ph', ['ph = p h…']],
    ['the Bach & Mozart tickets', ['bach = baches', 'mozart = mozarts']],
    [
      'psg psg paris saint germain',
      ['psg = paris saint germain', 'paris', 'saint = saints = st = sankt = sint', 'germain…'],
    ],
  ])('%s are %s', (term, clauses) => {
    expect(written(term)).toEqual(clauses);
  });

  test('are ten at most, of ten spellings at most', () => {
    const all = clausesOf(
      wordsOf(
        fold(
          `${'a b c d e f usa uk theater no 9 '.repeat(5)} ${Array.from({ length: 40 }, (_, n) => `w${n}`).join(' ')}`,
        ),
      ),
    );
    expect(all.length).toBe(10);
    for (const { spellings } of all) expect(spellings.length).toBeLessThanOrEqual(8);
  });
});
