import { describe, expect, test } from 'vitest';

import { pathsOf } from '../../scripts/check/tree.ts';
import config from '../../vitest.config.ts';
import { unitTests } from '../support/unit-tests.ts';

interface Project {
  test: { name: string; include: string[]; exclude?: string[]; globalSetup?: string[] };
}

const projects = (config.test?.projects ?? []) as Project[];
const named = (name: string) => projects.find(({ test }) => test.name === name)!.test;
const filesOf = ({ include, exclude = [] }: Project['test']) => {
  const excluded = new Set(pathsOf(...exclude));
  return pathsOf(...include).filter((file) => !excluded.has(file));
};

test('the unit project starts no server', () => {
  expect(config.test).not.toHaveProperty('globalSetup');
  expect(named('unit')).not.toHaveProperty('globalSetup');
  expect(named('integration').globalSetup).toEqual(['test/support/global-setup.ts']);
  expect(named('trials').globalSetup).toEqual(['test/support/global-setup.ts']);
});

test('every test file belongs to exactly one project', () => {
  const files = projects.flatMap(({ test }) => filesOf(test));
  expect(files.toSorted()).toEqual(pathsOf('test/**/*.test.ts'));
  expect(filesOf(named('unit')).length).toBeGreaterThan(30);
});

describe('a unit test reaches no module that opens a connection or starts a process', () => {
  const isUnit = (files: Record<string, string>) =>
    unitTests(['test/seats.test.ts'], (file) => files[file] ?? '').length === 1;

  test.each([
    ['a pure rule', "import { seats } from '../src/seats.ts';", 'export const seats = 1;', true],
    [
      'types of a client',
      "import { seats } from '../src/seats.ts';",
      "import type { Pool } from 'pg';",
      true,
    ],
    ['a client', "import { seats } from '../src/seats.ts';", "import { Pool } from 'pg';", false],
    ['a client by itself', "import postgres from 'postgres';", '', false],
    ['a re-exported client', "export * from '../src/seats.ts';", "export { Redis } from 'ioredis';", false],
    ['a dynamic import', "const { seats } = await import('../src/seats.ts');", "import 'node:net';", false],
    [
      'a list over several lines',
      "import {\n  seats,\n} from '../src/seats.ts';",
      "import 'node:http';",
      false,
    ],
    ['a process', "import { spawn } from 'node:child_process';", '', false],
  ])('%s', (_case, testFile, source, expected) => {
    expect(isUnit({ 'test/seats.test.ts': testFile, 'src/seats.ts': source })).toBe(expected);
  });
});
