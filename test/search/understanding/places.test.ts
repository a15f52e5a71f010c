import { describe, expect, test } from 'vitest';

import { said } from './said.ts';

describe('a place', () => {
  test.each([
    ['jazz in new york', 'jazz [in new york: new york]'],
    ['jazz in munich', 'jazz [in munich: munchen]'],
    ['jazz in München', 'jazz [in München: munchen]'],
    ['jazz in munich next friday', 'jazz [in munich: munchen] [next friday: 2026-12-11]'],
    ['concerts in munich under 50 euros', 'concerts [in munich: munchen] [under 50 euros: ..5000 EUR]'],
    ['jazz à Paris', 'jazz [à Paris: paris]'],
    ['jazz bei Köln', 'jazz [bei Köln: koln]'],
    ['jazz en Sevilla', 'jazz [en Sevilla: sevilla]'],
    ['jazz near Berlin', 'jazz [near Berlin: berlin]'],
    ['jazz in gothenburg', 'jazz [in gothenburg: goteborg]'],
    ['boston symphony in boston', 'boston symphony [in boston: boston]'],
    ['jazz in germany', 'jazz [in germany: DE]'],
    ['jazz in Deutschland', 'jazz [in Deutschland: DE]'],
    ['jazz en Allemagne', 'jazz [en Allemagne: DE]'],
    ['jazz in the usa', 'jazz [in the usa: US]'],
    ['jazz in the U.S.A.', 'jazz [in the U.S.A.: US]'],
    ['jazz in the uk', 'jazz [in the uk: GB]'],
    ['football in england', 'football [in england: GB]'],
    ['jazz in den Niederlanden', 'jazz [in den Niederlanden: NL]'],
    ['jazz in holland', 'jazz [in holland: NL]'],
    ['munich', '[munich: munchen]'],
    ['munich this weekend', '[munich: munchen] [this weekend: 2026-12-04 17h to 2026-12-06]'],
    ['jazz near me', 'jazz [near me: here]'],
    ['jazz in der Nähe', 'jazz [in der Nähe: here]'],
    ['an american in paris', 'an american [in paris: paris]'], // the words as typed are looked for first
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });

  test.each([
    ...[
      'jazz berlin',
      'new york philharmonic',
      'paris saint-germain',
      'berlin philharmonic',
      'boston celtics',
      'chicago fire',
    ],
    ...[
      'live in concert',
      'jazz in springfield',
      'usa vs mexico',
      'bands from germany',
      'vienna boys choir',
      'second city',
    ],
  ])('%s is none', (term) => {
    expect(said(term)).toBe(term);
  });
});
