import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { slipsOf } from '../../../src/search/postgres/edits.ts';

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
const word = fc.array(letter, { minLength: 2, maxLength: 12 }).map((letters) => letters.join(''));

describe('slips', () => {
  test('are a letter lost, one too many, another one, or two changed round', () => {
    expect(slipsOf('dvorka')).toContain('dvorak');
    expect(slipsOf('metalica')).toContain('metallica');
    expect(slipsOf('metalllica')).toContain('metallica');
    expect(slipsOf('beyonse')).toContain('beyonce');
    expect(slipsOf('гребненщиков')).toContain('гребенщиков');
    expect(slipsOf('beyonse')).not.toContain('beyonsé');
  });

  test('go both ways: whatever is a slip of a word has the word among its slips', () => {
    fc.assert(
      fc.property(word, fc.nat(), (original, choice) => {
        const slips = slipsOf(original);
        const slip = slips[choice % slips.length]!;
        return slip.length < 2 || slipsOf(slip).includes(original);
      }),
    );
  });

  test('are each listed once, never the word itself, never nothing', () => {
    fc.assert(
      fc.property(word, (original) => {
        const slips = slipsOf(original);
        return new Set(slips).size === slips.length && !slips.includes(original) && !slips.includes('');
      }),
    );
  });
});
