import { expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { ADVISORY_LOCKS } from '../../src/platform/db/advisory-locks.ts';

const LIST = 'src/platform/db/advisory-locks.ts';
const CALL = /pg_(?:try_)?advisory\w*\(([^)]*)\)/g;

/** Keys of advisory locks in a source file that do not come from the list. */
const keysOutsideTheList = (source: string): string[] => [
  ...[...source.matchAll(CALL)]
    .map(([, key = '']) => key.trim())
    .filter((key) => !/^\$\{(ADVISORY_LOCKS|formerEventLocks)\.\w+/.test(key)),
  ...(source.match(/hashtext(extended)?\(/g) ?? []),
];

test('no two advisory locks share a number', () => {
  const numbers = Object.values(ADVISORY_LOCKS);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('every key of an advisory lock in src comes from the list', () => {
  const sources = [...textsOf('src/**/*.ts')].filter(([path]) => path !== LIST);
  const calls = sources.flatMap(([, text]) => [...text.matchAll(CALL)]);
  expect(calls.length).toBeGreaterThan(5);
  expect(sources.flatMap(([path, text]) => keysOutsideTheList(text).map((key) => `${path}: ${key}`))).toEqual(
    [],
  );
});

test('a key outside the list is found', () => {
  expect(keysOutsideTheList('select pg_advisory_xact_lock(4242002)')).toEqual(['4242002']);
  expect(keysOutsideTheList('select pg_try_advisory_lock(${MY_LOCK})')).toEqual(['${MY_LOCK}']);
  expect(keysOutsideTheList('select pg_advisory_xact_lock(${ADVISORY_LOCKS.migrations})')).toEqual([]);
});
