import { basename } from 'node:path';
import { expect, test } from 'vitest';

import { textOf, textsOf } from '../../scripts/check/tree.ts';

/** A migration has to begin with the lock or rewrite it takes, for the operator who deploys it. */
function migrationProblems(sql: string): string[] {
  const [first = ''] = sql.split('\n');
  if (!first.startsWith('-- ')) return ['does not begin with a comment'];
  return /\b(takes|rewrites|makes|locks)\b/.test(first) ? [] : ['the first line names no lock or rewrite'];
}

const { entries } = JSON.parse(textOf('drizzle/meta/_journal.json')) as {
  entries: { idx: number; tag: string; when: number }[];
};
const migrations = textsOf('drizzle/[0-9]*.sql');

test('every migration is in the journal, in the order of its number', () => {
  expect(entries.length).toBeGreaterThan(1);
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(
    [...migrations.keys()].map((path) => basename(path)),
  );
  expect(entries.map(({ tag }) => Number(tag.slice(0, 4)))).toEqual(entries.map(({ idx }) => idx));
  // Readiness compares the newest timestamp alone.
  expect(entries).toEqual(entries.toSorted((a, b) => a.when - b.when));
});

test.each([...migrations])('%s names its locks', (_path, sql) => {
  expect(migrationProblems(sql)).toEqual([]);
});

test('a migration without such a comment is found', () => {
  expect(migrationProblems('-- takes events exclusively for a moment\nalter table events …')).toEqual([]);
  expect(migrationProblems('alter table events …')).toEqual(['does not begin with a comment']);
  expect(migrationProblems('-- a better events table\nalter table events …')).toHaveLength(1);
});
