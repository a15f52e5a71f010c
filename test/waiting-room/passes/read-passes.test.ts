import { expect, test } from 'vitest';

import { readPasses } from '../../../src/waiting-room/passes/read-passes.ts';

const PASS = 'p1.999999999.999999999.99999999999.AAAAAAAAAAAAAAAAAAAAAA';

test.each([
  [undefined, []],
  [null, []],
  ['', []],
  [' , ,', []],
  ['one', ['one']],
  [' one,two , three', ['one', 'two', 'three']],
  [Array(10).fill(PASS).join(', '), Array(10).fill(PASS)],
])('%j', (header, passes) => {
  expect(readPasses(header)).toEqual(passes);
});

test.each([
  ['eleven', Array(11).fill(PASS).join(',')],
  ['a hundred thousand commas', ','.repeat(100_000)],
  ['1,025 bytes', 'x'.repeat(1_025)],
  ['a number', 7],
  ['a list', [PASS]],
  ['an object', { pass: PASS }],
])('%s are refused', (_what, header) => {
  expect(() => readPasses(header)).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'INVALID_REQUEST' }) }),
  );
});
