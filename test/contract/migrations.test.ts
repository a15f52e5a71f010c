import { basename } from 'node:path';
import { expect, test } from 'vitest';

import { textOf, textsOf } from '../../scripts/check/tree.ts';

/** What is wrong with one migration: it has to say first what it locks or rewrites, for whoever deploys it. */
function migrationProblems(sql: string): string[] {
  const [first = ''] = sql.split('\n');
  if (!first.startsWith('-- ')) return ['does not begin with a comment'];
  return /\b(takes|rewrites|makes|locks)\b/.test(first)
    ? []
    : ['the first line does not say what it takes or rewrites'];
}

const { entries } = JSON.parse(textOf('drizzle/meta/_journal.json')) as {
  entries: { idx: number; tag: string }[];
};
const migrations = textsOf('drizzle/[0-9]*.sql');

test('every migration is in the journal, in the order of its number', () => {
  expect(entries.length).toBeGreaterThan(1);
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(
    [...migrations.keys()].map((path) => basename(path)),
  );
  expect(entries.map(({ tag }) => Number(tag.slice(0, 4)))).toEqual(entries.map(({ idx }) => idx));
});

test.each([...migrations])('%s says what it takes', (_path, sql) => {
  expect(migrationProblems(sql)).toEqual([]);
});

test('a migration that keeps quiet is found', () => {
  expect(migrationProblems('-- takes events exclusively for a moment\nalter table events …')).toEqual([]);
  expect(migrationProblems('alter table events …')).toEqual(['does not begin with a comment']);
  expect(migrationProblems('-- a better events table\nalter table events …')).toHaveLength(1);
});
