import { expect, test } from 'vitest';

import { said } from './said.ts';

test.each([
  ...[
    'brian may',
    'bruno mars',
    'avril lavigne',
    'march of the penguins',
    'august burns red',
    'june carter',
    'theresa may',
  ],
  ...[
    'black friday',
    'ruby tuesday',
    'bloody sunday',
    'blue monday',
    'every friday',
    'happy mondays',
    'sun ra',
    'sam smith',
  ],
  ...[
    '1812 overture',
    'symphony no. 9',
    '20 20',
    'maroon 5',
    'u2',
    'blink 182',
    'second city',
    'seconds of summer',
    '7 seconds',
  ],
  ...[
    'world cup 2026',
    'formula 1 2027',
    '2000',
    '1999',
    'twenty one pilots',
    'around the world in 80 days',
    '9/11',
    '5/4',
  ],
  ...[
    'paris saint-germain',
    'new york philharmonic',
    'the weekend',
    'one night only',
    'a night at the opera',
    'day and night',
  ],
  ...[
    'five days ago',
    'december 2020',
    '12 march 2019',
    'last friday',
    'yesterday',
    '05/06/2027',
    'in two weeks',
    '8pm',
    '13 12',
  ],
  ...[
    'mar',
    'jan garbarek',
    'sat',
    'dom',
    'second march',
    'part 2',
    'henry v',
    'bach bwv 1001',
    'k. 550',
    'op. 12 no. 5',
  ],
  ...[
    'freedom',
    'freestyle',
    'cheaper',
    'christmassy',
    'todays',
    'tonights',
    'may',
    'march',
    'sept',
    '',
    '!!!',
    '2 4 6 8',
  ],
])('%s is a name', (term) => {
  expect(said(term)).toBe(term);
});

test.each([
  ['plácido domingo', 'plácido [domingo?: 2026-12-06]'],
  ['sunday in the park with george', 'in the park with george [sunday?: 2026-12-06]'],
  ['earth wind and fire september', 'earth wind and fire [september?: 2027-09-01 to 2027-09-30]'],
  ['cheap trick', 'trick [cheap?: ..25]'],
  ['free jazz', 'jazz [free?: ..0]'],
])('%s is a name where one has it: %s', (term, expected) => {
  expect(said(term)).toBe(expected);
});
