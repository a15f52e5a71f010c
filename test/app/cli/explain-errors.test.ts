import { expect, test } from 'vitest';

import { run } from '../../support/process.ts';

const AWAY = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };

test.each<[string, string, string[], Record<string, string>, RegExp]>([
  ['start with an option that there is not', 'onsale', ['--help'], {}, /--help/],
  ['a token with an option that there is not', 'token', ['--user', 'ana'], {}, /--user/],
  ['a token with a mistake in the settings', 'token', [], { PORT: 'http' }, /PORT/],
  ['a migration with a mistake in the settings', 'migrate', [], { ...AWAY, PORT: 'http' }, /PORT/],
  ['an import with a mistake in the settings', 'import-catalogue', [], { ...AWAY, PORT: 'http' }, /PORT/],
])('%s is answered in words, not with a stack', async (_what, command, args, environment, says) => {
  const { code, out, err } = await run('node', [`src/bin/${command}.ts`, ...args], environment);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^The (configuration|command line) has 1 mistake:\n  - /);
  expect(err).toMatch(says);
  expect(err).not.toMatch(/^ +at /m);
});
