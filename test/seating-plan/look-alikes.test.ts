import { describe, expect, test } from 'vitest';

import { numberPlaces, type SectionDraft } from '../../src/seating-plan/number-places.ts';
import { validateLayout } from '../../src/seating-plan/validate-layout.ts';

interface Drawn {
  categories?: string[];
  sections?: SectionDraft[];
}

const problemsOf = ({ categories = ['All'], sections = [seated('a', 'Hall', [['A', ['1']]])] }: Drawn) =>
  validateLayout(
    numberPlaces({
      ...{ name: 'Hall', width: 1_000, height: 1_000, stage: { x: 5, y: 0, label: 'Stage' } },
      ...{ categories, sections },
    }),
  );

let y = 0;
function seated(key: string, name: string, rows: [string, string[]][], level = ''): SectionDraft {
  return {
    ...{ kind: 'SEATED', key, name, level },
    rows: rows.map(([label, seats]) => {
      y = (y + 1) % 1_000;
      return {
        ...{ label, category: 0, seats, accessible: [] },
        ...{ x: seats.map((_, index) => index), y: seats.map(() => y) },
      };
    }),
  };
}

const inOneRow = (...seats: string[]) => problemsOf({ sections: [seated('a', 'Hall', [['A', seats]])] });
const inOneSection = (...labels: string[]) =>
  problemsOf({
    sections: [
      seated(
        'a',
        'Hall',
        labels.map((label) => [label, ['1']]),
      ),
    ],
  });
const onOneLevel = (...names: string[]) =>
  problemsOf({ sections: names.map((name, index) => seated(`s${index}`, name, [[`R${index}`, ['1']]])) });
const inOnePlan = (...categories: string[]) => problemsOf({ categories });

/** Latin beside Cyrillic, Greek, fullwidth and mathematical letters; a joiner; composed differently. */
const ALIKE: [string, string][] = [
  ['A', '\u0410'],
  ['A', '\u0391'],
  ['B', '\uff22'],
  ['C', '\u{1d402}'],
  ['l', 'I'],
  ['1', 'l'],
  ['0', '\u041e'],
  ['12', '\uff112'],
  ['\u0627\u0645\u200c\u0627', '\u0627\u0645\u0627'],
  ['\u2764', '\u2764\ufe0f'],
];

describe.each(ALIKE)('%j and %j look alike', (first, second) => {
  test.each([
    ['seats of a row', inOneRow, ['sections', '0', 'rows', '0', 'seats', '1']],
    ['rows of a section', inOneSection, ['sections', '0', 'rows', '1', 'label']],
    ['sections of a level', onOneLevel, ['sections', '1', 'name']],
    ['categories of a plan', inOnePlan, ['categories', '1']],
  ])('and are refused as %s', (_, problemsWith, path) => {
    expect(problemsWith(first, second)).toEqual([
      { path, message: expect.stringMatching(/looks like .*: it has (U\+|nothing)/) },
    ]);
    expect(problemsWith(second, first)).toEqual([{ path, message: expect.any(String) }]);
  });
});

test('the message names the character that differs', () => {
  expect(inOneRow('1', 'l').map(({ message }) => message)).toEqual([
    'seat “l” of row “A” looks like “1”: it has U+006C in place of U+0031',
  ]);
});

test('seats and categories may not differ by I from 1 or by O from 0 alone, rows and sections may', () => {
  for (const [letter, digit] of [
    ['I', '1'],
    ['O', '0'],
  ] as const) {
    // prettier-ignore
    expect(inOneRow(letter, digit)).toHaveLength(1);
    expect(inOnePlan(`Category ${letter}`, `Category ${digit}`)).toHaveLength(1);
    expect(inOneSection(letter, digit)).toEqual([]);
    expect(onOneLevel(`Block ${letter}`, `Block ${digit}`)).toEqual([]);
  }
});

test('labels that differ in case, accents or script are told apart', () => {
  for (const problemsWith of [inOneRow, inOneSection, onOneLevel, inOnePlan])
    expect(problemsWith('a', 'A', 'Ä', 'Б', 'ב', '本', '👩‍🚀', '👨‍🚀', 'می‌خواهم', 'क्‍ष')).toEqual([]);
});

test('levels that look alike are refused, and sections of two levels may have one name', () => {
  const [stalls, like, balcony] = ['Stalls', 'St\u0430lls', 'Balcony'].map((level, index) =>
    seated(`s${index}`, 'Left', [[`R${index}`, ['1']]], level),
  ) as [SectionDraft, SectionDraft, SectionDraft];
  expect(problemsOf({ sections: [stalls, balcony] })).toEqual([]);
  expect(problemsOf({ sections: [stalls, like] }).map(({ path }) => path.join('.'))).toEqual([
    'sections.1.level',
    'sections.1.name',
  ]);
});

test('places of two parts of a section are compared as they look', () => {
  const parts = (row: string, seat: string) => problemsOf({ sections: [seated('a', 'Left', [['A', ['1']]]), seated('b', 'Left', [[row, [seat]]])] }); // prettier-ignore
  expect(parts('B', '1')).toEqual([]);
  expect(parts('A', '2')).toEqual([]);
  for (const [row, seat] of [['A', 'I'], ['\u0410', '1']] as const) // prettier-ignore
    expect(parts(row, seat)).toEqual([{ path: ['sections', '1', 'name'], message: `“Left, row ${row}, seat ${seat}” is in section “a”, too: change the name, the level or the seats` }]); // prettier-ignore
});

test('a row of several parts is reported once', () => {
  const rows: [string, string[]][] = [['A', ['1']], ['\u0410', ['1']], ['\u0410', ['2']]]; // prettier-ignore
  expect(problemsOf({ sections: [seated('a', 'Hall', rows)] })).toHaveLength(1);
});
