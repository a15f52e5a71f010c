import { expect, test } from 'vitest';

import { run } from '../../support/process.ts';

const UNREACHABLE = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };

test.each<[string, string, string[], Record<string, string>, RegExp]>([
  ['start with an unknown option', 'onsale', ['--help'], {}, /--help/],
  ['token with an unknown option', 'token', ['--user', 'ana'], {}, /--user/],
  ['token with an invalid setting', 'token', [], { PORT: 'http' }, /PORT/],
  ['migrate with an invalid setting', 'migrate', [], { ...UNREACHABLE, PORT: 'http' }, /PORT/],
  ['archive with a date that is none', 'archive', ['--ended-before', '2026-02-30'], {}, /--ended-before/],
  [
    'archive with a year 0',
    'archive',
    ['--ended-before', '0000-01-01'],
    {},
    /--ended-before: must be in the years 1900/,
  ],
  ['archive without a date', 'archive', [], {}, /--ended-before/],
  [
    'import-catalogue with an invalid setting',
    'import-catalogue',
    [],
    { ...UNREACHABLE, PORT: 'http' },
    /PORT/,
  ],
])('%s exits with a message and no stack', async (_what, command, args, environment, message) => {
  const { code, out, err } = await run('node', [`src/bin/${command}.ts`, ...args], environment);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^The (configuration|command line) has 1 mistake:\n  - /);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^ +at /m);
});
