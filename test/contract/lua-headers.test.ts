import { describe, expect, test } from 'vitest';

import { pathsOf, textOf, textsOf } from '../../scripts/check/tree.ts';
import { callerProblems, headerProblems } from './lua-headers.ts';

const SCRIPTS = pathsOf('src/**/*.lua');

test('scripts are found, all in folders named scripts', () => {
  expect(SCRIPTS.length).toBeGreaterThan(0);
  expect(SCRIPTS.filter((path) => !path.includes('/scripts/'))).toEqual([]);
});

test.each(SCRIPTS)('the header of %s matches its body', (path) => {
  expect(headerProblems(textOf(path))).toEqual([]);
});

test('every script has a caller, and every caller a script', () => {
  expect(callerProblems(SCRIPTS, textsOf('src/**/*.ts'))).toEqual([]);
});

describe('a wrong header is found', () => {
  const valid = script(
    'all of them',
    '1   holder',
    `for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1]) end`,
  );

  function script(keys: string, argv: string, body: string): string {
    return `--[[\nLock places.\n\nKEYS     ${keys}\nARGV     ${argv}\nReturns  nothing\n]]\n${body}\n`;
  }

  test('and a correct one is accepted', () => {
    expect(headerProblems(valid)).toEqual([]);
    expect(
      headerProblems(script('1   a\n         2…  b', 'none', 'return {KEYS[1], KEYS[3], #KEYS}')),
    ).toEqual([]);
  });

  test.each([
    ['does not begin', valid.replace('--[[', '-- [[')],
    ['the header is not', valid.replace('Returns', 'Gives')],
    ['the header is not', valid.replace('Lock places.', '')],
    ['ARGV[2] is used but not', valid.replace('ARGV[1])', 'ARGV[1], ARGV[2])')],
    ['ARGV[2] is in the header but not', valid.replace('1   holder', '1   holder\n         2   ttl')],
    ['KEYS[2] is used but not', script('1   lock', 'none', 'return {KEYS[1], KEYS[2]}')],
    [
      'KEYS[2] is in the header but not',
      script('1   a\n         2   b', 'none', 'return KEYS[1] -- KEYS[2]'),
    ],
    ['KEYS is used as a whole', script('1   a', 'none', 'return {KEYS[1], #KEYS}')],
    ['KEYS is used as a whole', script('none', 'none', 'return redis.call("DEL", unpack(KEYS))')],
    ['KEYS is open-ended', script('one per place', 'none', 'return KEYS[1]')],
    ['ARGV[1] is used but not', script('none', '2…  places', 'return {ARGV[1], #ARGV}')],
  ])('%s', (problem, text) => {
    expect(headerProblems(text)).toEqual([expect.stringContaining(problem)]);
  });

  test('and a script without a caller, and a caller without a script', () => {
    const caller = new Map([
      ['src/booking/locks.ts', `readScript(new URL('./scripts/lock.lua', import.meta.url))`],
    ]);
    expect(callerProblems(['src/booking/scripts/lock.lua'], caller)).toEqual([]);
    expect(callerProblems(['src/booking/scripts/lock.lua'], new Map())).toEqual([
      'src/booking/scripts/lock.lua has no caller',
    ]);
    expect(callerProblems([], caller)).toEqual([
      'src/booking/locks.ts reads src/booking/scripts/lock.lua, which does not exist',
    ]);
  });
});
