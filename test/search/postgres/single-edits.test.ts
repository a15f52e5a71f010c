import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { singleEdits } from '../../../src/search/postgres/single-edits.ts';

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
const word = fc.array(letter, { minLength: 2, maxLength: 12 }).map((letters) => letters.join(''));

describe('single edits', () => {
  test('are a deletion, an insertion, a substitution or a transposition', () => {
    expect(singleEdits('dvorka')).toContain('dvorak');
    expect(singleEdits('metalica')).toContain('metallica');
    expect(singleEdits('metalllica')).toContain('metallica');
    expect(singleEdits('beyonse')).toContain('beyonce');
    expect(singleEdits('гребненщиков')).toContain('гребенщиков');
    expect(singleEdits('beyonse')).not.toContain('beyonsé');
  });

  test('are symmetric: the word is among the edits of each of its edits', () => {
    fc.assert(
      fc.property(word, fc.nat(), (original, choice) => {
        const edits = singleEdits(original);
        const edit = edits[choice % edits.length]!;
        return edit.length < 2 || singleEdits(edit).includes(original);
      }),
    );
  });

  test('are each listed once, never the word itself, never nothing', () => {
    fc.assert(
      fc.property(word, (original) => {
        const edits = singleEdits(original);
        return new Set(edits).size === edits.length && !edits.includes(original) && !edits.includes('');
      }),
    );
  });
});
