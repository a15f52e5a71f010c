import fc from 'fast-check';
import { expect, test } from 'vitest';

import { understand, withoutParts } from '../../../src/search/understanding/understand.ts';

const viewer = { now: new Date('2026-11-30T12:00:00Z'), timezone: 'Europe/Berlin' };

const WORDS = [
  ...[
    'in',
    'on',
    'at',
    'from',
    'to',
    'under',
    'between',
    'and',
    'the',
    'of',
    'next',
    'this',
    'de',
    'bis',
    'near',
    'me',
    '-',
    '<',
  ],
  ...[
    'march',
    'may',
    'december',
    'dezember',
    'friday',
    'vendredi',
    'weekend',
    'tonight',
    'christmas',
    'easter',
    'night',
  ],
  ...[
    '12',
    '12.',
    '5-7',
    '2026',
    '31',
    '0',
    '99',
    '1er',
    '5.12.2026',
    '2026-02-30',
    '30/2/2027',
    '8pm',
    '20',
    '20€',
    '$20',
    '€',
  ],
  ...[
    'munich',
    'new',
    'york',
    'usa',
    'free',
    'cheap',
    'jazz',
    'É\u0301',
    '\u200b',
    '\ud800',
    '😀',
    'ﷺ',
    '(',
    '"',
    '|',
    '\u0001',
  ],
];

/** Arbitrary UTF-16, and terms of words that mean something. */
const anyTerm = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 })
    .map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(' ')),
);

test('any term is understood without an error, in words of its own, each once', () => {
  fc.assert(
    fc.property(anyTerm, (term) => {
      const parts = understand(term, viewer);
      for (const [at, { words, start, end }] of parts.entries()) {
        expect(words).toBe(term.slice(start, end));
        expect(words.trim()).toBe(words);
        expect(start).toBeGreaterThanOrEqual(parts[at - 1]?.end ?? 0);
      }
      expect(new Set(parts.map(({ meaning }) => meaning.kind)).size).toBe(parts.length);
      const left = (text: string) => text.split(/\s+/).filter((word) => word !== '');
      const taken = parts.flatMap(({ words }) => left(words));
      expect([...left(withoutParts(term, parts)), ...taken].toSorted()).toEqual(left(term).toSorted());
    }),
    { numRuns: 2_000 },
  );
});

test('days are in order and not over; prices are in order and not negative', () => {
  fc.assert(
    fc.property(anyTerm, (term) => {
      for (const { meaning } of understand(term, viewer)) {
        if (meaning.kind === 'DATES') {
          const { from, to } = meaning.days;
          expect([from, to].toSorted()).toEqual([from, to]);
          expect(to >= '2026-11-30' && to < '2100').toBe(true);
          expect(Temporal.PlainDate.from(from).toString()).toBe(from);
        }
        if (meaning.kind === 'PRICE') {
          const { min, max } = meaning.price;
          expect(0 <= (min ?? 0) && (min ?? 0) <= (max ?? Infinity)).toBe(true);
          expect(Number.isSafeInteger(min ?? max)).toBe(true);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
