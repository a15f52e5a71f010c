import { globSync } from 'node:fs';
import { expect, test } from 'vitest';

import { ROOT } from '../../../scripts/check/tree.ts';
import { run } from '../../support/process.ts';

const UNREACHABLE = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };

/** All programs that are started by hand; `read-env.ts` is a preload. */
const COMMANDS = [
  ...globSync(['src/bin/*.ts', 'scripts/*.ts'], { cwd: ROOT }).filter(
    (file) => !file.endsWith('read-env.ts'),
  ),
  'src/stripe-emulator/main.ts',
  'bench/run.ts',
  'bench/arena/run.ts',
];

test('there are commands to try', () => {
  expect(COMMANDS.length).toBeGreaterThan(8);
});

test.each(COMMANDS)('%s prints its help, and does nothing', async (file) => {
  for (const flag of ['--help', '-h']) {
    const { code, out, err } = await run('node', [file, flag], { ...UNREACHABLE, PORT: 'http' });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: (npm|node) .+ \[options\]\n\n[A-Z][^]+?\.\n\n/);
    expect(out).toMatch(/^ {2}--help, -h +print this/m);
    const undescribed = out
      .split('\n')
      .filter((line) => /^ {2}--/.test(line) && !/^ {2}--\S+.*? {2,}\S/.test(line));
    expect(undescribed).toEqual([]);
  }
});

test.each(COMMANDS)('%s refuses an option that it lacks and a stray word', async (file) => {
  for (const wrong of ['--no-such-option', 'stray']) {
    const { code, out, err } = await run('node', [file, wrong], UNREACHABLE);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^The command line has 1 mistake:\n {2}- .*(no-such-option|stray).*--help lists the options\n$/,
    );
  }
});

test('the help of the archive lists its options', async () => {
  const { out } = await run('node', ['src/bin/archive.ts', '--dry-run', '--help'], {});
  expect(out).toMatch(/--ended-before DATE .*at least 30 days ago[^]*--dry-run [^]*--max-events N /);
});

const ARCHIVE_LONG_AGO = ['--ended-before', '2020-01-01'];
const NONE = /DATABASE_URL: not set; the embedded database needs no archive/;

test.each<[string, string, string[], Record<string, string>, RegExp]>([
  ['token with an unknown option', 'token', ['--user', 'ana'], {}, /--user/],
  ['token with an invalid setting', 'token', [], { PORT: 'http' }, /PORT/],
  ['migrate with an invalid setting', 'migrate', [], { ...UNREACHABLE, PORT: 'http' }, /PORT/],
  ['migrate without a database', 'migrate', [], {}, /DATABASE_URL: not set; `npm start` migrates/],
  [
    'import-catalogue without a database',
    'import-catalogue',
    [],
    {},
    /DATABASE_URL: not set; `npm start` fills/,
  ],
  ['archive without a database', 'archive', ARCHIVE_LONG_AGO, {}, NONE],
  [
    'archive with a date that is none',
    'archive',
    ['--ended-before', '2026-02-30'],
    UNREACHABLE,
    /--ended-before/,
  ],
  [
    'archive with a year 0',
    'archive',
    ['--ended-before', '0000-01-01'],
    UNREACHABLE,
    /--ended-before: must be in the years 1900/,
  ],
  ['archive without a date', 'archive', [], UNREACHABLE, /--ended-before/],
  [
    'import-catalogue with an invalid setting',
    'import-catalogue',
    [],
    { ...UNREACHABLE, PORT: 'http' },
    /PORT/,
  ],
  [
    'the emulator with a port that is none',
    '../stripe-emulator/main',
    ['--port', 'http'],
    {},
    /--port: must be/,
  ],
  [
    'the arena with a number that is none',
    '../../bench/arena/run',
    ['--seats', 'many'],
    {},
    /--seats: must be/,
  ],
])('%s exits with a message and no stack', async (_what, command, args, environment, message) => {
  const { code, out, err } = await run('node', [`src/bin/${command}.ts`, ...args], environment);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^The (configuration|command line) has 1 mistake:\n  - /);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^ +at /m);
});

test('archive lists every mistake at once: its date, by the clock of this machine if there is no other, and its database', async () => {
  const archive = (...args: string[]) => run('node', ['src/bin/archive.ts', ...args], {});
  const recent = await archive('--ended-before', '2999-01-01', '--max-events', '0');
  expect(recent).toMatchObject({ code: 1, out: '' });
  expect(recent.err).toMatch(/^The configuration has 3 mistakes:\n/);
  expect(recent.err).toMatch(/--ended-before: must not be after \d{4}-\d\d-\d\d\n/);
  expect(recent.err).toMatch(/--max-events: must be a number/);
  expect(recent.err).toMatch(NONE);
});
