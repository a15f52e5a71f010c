import { expect, test } from 'vitest';

import { judge } from '../../bench/verdict.ts';

const side = (rates: number[], cpu = 10) => ({ rates, cpuPerOperation: rates.map(() => cpu) });

test.each([
  ['as fast', side([100, 101, 99]), side([100, 100, 100]), true],
  ['4 % slower', side([96, 96, 96]), side([100, 100, 100]), true],
  ['6 % slower', side([94, 94, 94]), side([100, 100, 100]), false],
  ['6 % slower in overlapping ranges', side([94, 100, 90]), side([100, 106, 96]), true],
  ['6 % slower in overlapping ranges, with more CPU', side([94, 100, 90], 10.6), side([100, 106, 96]), false],
  ['faster with more CPU', side([120, 120, 120], 20), side([100, 100, 100]), true],
])('a server that is %s is judged by ratio, ranges and CPU', (_case, newSide, oldSide, passed) => {
  expect(judge(newSide, oldSide).passed).toBe(passed);
});

test('the ratio is taken within each round, and its median counts', () => {
  expect(judge(side([50, 110, 220]), side([100, 100, 200])).ratio).toBeCloseTo(1.1);
});

test.each([
  ['as little', side([4_000, 4_000, 4_000]), true],
  ['4 % more', side([4_160, 4_160, 4_160]), true],
  ['6 % more', side([4_240, 4_240, 4_240]), false],
  ['half', side([2_000, 2_000, 2_000]), true],
  ['6 % more in overlapping ranges', side([4_240, 3_900, 4_400]), true],
  ['6 % more in overlapping ranges, with more CPU', side([4_240, 3_900, 4_400], 10.6), false],
])('where lower is better, a server that takes %s memory is judged so', (_case, newSide, passed) => {
  expect(judge(newSide, side([4_000, 4_000, 4_000]), 'lower').passed).toBe(passed);
});
