import { describe, expect, test } from 'vitest';

import { MONDAY, said } from './said.ts';

describe('a price', () => {
  test.each([
    ['jazz under 50', 'jazz [under 50: ..50]'],
    ['jazz under 20', 'jazz [under 20?: ..20]'],
    ['england under 21', 'england [under 21?: ..21]'],
    ['jazz under 20 €', 'jazz [under 20 €: ..2000 EUR]'],
    ['jazz below 50 euros', 'jazz [below 50 euros: ..5000 EUR]'],
    ['jazz under £7.50', 'jazz [under £7.50: ..750 GBP]'],
    ['jazz max $30', 'jazz [max $30: ..3000 USD]'],
    ['jazz max. 30 €', 'jazz [max. 30 €: ..3000 EUR]'],
    ['jazz up to 30€', 'jazz [up to 30€: ..3000 EUR]'],
    ['jazz unter 20 Euro', 'jazz [unter 20 Euro: ..2000 EUR]'],
    ['jazz bis zu 20,50 €', 'jazz [bis zu 20,50 €: ..2050 EUR]'],
    ['jazz moins de 30 euros', 'jazz [moins de 30 euros: ..3000 EUR]'],
    ['jazz menos de 30', 'jazz [menos de 30: ..30]'],
    ['jazz onder 30', 'jazz [onder 30: ..30]'],
    ['jazz < 30', 'jazz [< 30: ..30]'],
    ['jazz 20 €', 'jazz [20 €: ..2000 EUR]'],
    ['jazz for 20 euros', 'jazz [for 20 euros: ..2000 EUR]'],
    ['jazz 20 euros max', 'jazz [20 euros max: ..2000 EUR]'],
    ['jazz ¥3,000', 'jazz [¥3,000: ..3000 JPY]'],
    ['jazz 1.200 €', 'jazz [1.200 €: ..120000 EUR]'],
    ['jazz CHF 40', 'jazz [CHF 40: ..4000 CHF]'],
    ['jazz 20-40 €', 'jazz [20-40 €: 2000..4000 EUR]'],
    ['jazz €20 - €40', 'jazz [€20 - €40: 2000..4000 EUR]'],
    ['jazz between 20 and 40 euros', 'jazz [between 20 and 40 euros: 2000..4000 EUR]'],
    ['jazz zwischen 20 und 40 Euro', 'jazz [zwischen 20 und 40 Euro: 2000..4000 EUR]'],
    ['jazz 40–20 €', 'jazz [40–20 €: 2000..4000 EUR]'],
    ['jazz over 100 €', 'jazz [over 100 €: 10000.. EUR]'],
    ['jazz at least $100', 'jazz [at least $100: 10000.. USD]'],
    ['free entry jazz', 'jazz [free entry: ..0]'],
    ['jazz eintritt frei', 'jazz [eintritt frei: ..0]'],
    ['konzert kostenlos', 'konzert [kostenlos: ..0]'],
    ['concert gratuit', 'concert [gratuit: ..0]'],
    ['free jazz', 'jazz [free?: ..0]'],
    ['free', '[free?: ..0]'],
    ['cheap jazz', 'jazz [cheap?: ..25]'],
    ['5-7 december 20-40 €', '[5-7 december: 2026-12-05 to 2026-12-07] [20-40 €: 2000..4000 EUR]'],
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });

  test.each([
    ['jazz in toronto under $30', 'UTC', 'jazz [in toronto: toronto] [under $30: ..3000 CAD]'],
    ['jazz under $30', 'America/Toronto', 'jazz [under $30: ..3000 CAD]'],
    ['jazz under $30', 'Australia/Sydney', 'jazz [under $30: ..3000 AUD]'],
    ['jazz under $30', 'America/Chicago', 'jazz [under $30: ..3000 USD]'],
    ['jazz in australia under 30 dollars', 'UTC', 'jazz [in australia: AU] [under 30 dollars: ..3000 AUD]'],
    ['jazz under us$30', 'America/Toronto', 'jazz [under us$30: ..3000 USD]'],
  ])('%s, a dollar being that of the place, else of the viewer: %s', (term, zone, expected) => {
    expect(said(term, MONDAY, zone)).toBe(expected);
  });

  test.each([
    ...['under 20 minutes', 'mad max 2', 'maroon 5', 'blink 182', 'u2', '50 cent', '20 20', '1812 overture'],
    ...[
      'uefa euro 2028',
      'euro 2024 qualifiers',
      'million dollar quartet',
      'less than jake',
      'up to 20',
      '10 years',
    ],
    ...[
      'world cup 2026',
      'symphony no. 9',
      'op. 67',
      'apollo 13',
      'k 550',
      '24/7',
      'sum 41',
      '4 non blondes',
      '100%',
    ],
  ])('%s is none', (term) => {
    expect(said(term)).toBe(term);
  });
});
