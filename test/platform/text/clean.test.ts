import { expect, test } from 'vitest';

import { isStorable, storableJson } from '../../../src/platform/text/clean.ts';

test.each(['a', 'a'.repeat(200), '😀'.repeat(200), 'é', ' '])('%j is storable', (text) => {
  expect(isStorable(text, 200)).toBe(true);
});

test.each(['', 'a'.repeat(201), '😀'.repeat(201), 'a\u0000', 'a\nb', 'x\u0085', 'x\ud800', '\udc00x'])(
  '%j is not storable',
  (text) => {
    expect(isStorable(text, 200)).toBe(false);
  },
);

test('JSON is made storable at every depth, keys included', () => {
  const strange = { 'a\0': ['x\ud800', { b: '\0\0' }], fine: ['é😀', 1, true, null] };
  expect(storableJson(strange)).toEqual({
    'a\ufffd': ['x\ufffd', { b: '\ufffd\ufffd' }],
    fine: ['é😀', 1, true, null],
  });
});
