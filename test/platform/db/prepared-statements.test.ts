import { expect, test } from 'vitest';

import { preparedName } from '../../../src/platform/db/prepared-statements.ts';

/** As by two calls: a statement is prepared the second time. */
const nameOf = (text: string) => {
  preparedName(text);
  return preparedName(text);
};
const list = (name: string, length: number) =>
  `/* ${name} */ select * from tickets where place in (${Array.from({ length }, (_, n) => `$${n + 1}`).join(', ')})`;

test('a statement with a list is prepared in a few forms, so that lists do not take the names of all others', () => {
  const prepared = Array.from({ length: 1_000 }, (_, n) => nameOf(list('test.list', n + 1))).filter(Boolean);
  expect(prepared).toHaveLength(8);
  expect(nameOf('/* test.other */ select $1')).toBeDefined();
  expect(nameOf(list('test.list', 1))).toBeDefined();
});

test('a text longer than 16 kB is not prepared', () => {
  expect(nameOf(list('test.long', 5_000))).toBeUndefined();
});

test('texts that came once are forgotten by their memory, not by their number', () => {
  const text = (n: number) => `/* test.once */ select ${'x'.repeat(16_000)}, $${n}`;
  for (let n = 0; n < 200; n++) preparedName(text(n)); // 3.2 MB
  expect(preparedName(text(0))).toBeUndefined();
  expect(preparedName(text(199))).toBeDefined();
});
