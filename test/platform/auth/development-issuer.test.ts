import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
  type DevelopmentIssuer,
} from '../../../src/platform/auth/development-issuer.ts';
import { openTokenReader } from '../../../src/platform/auth/tokens.ts';

let directory: string;
beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'onsale-issuer-'))));
afterAll(() => rm(directory, { recursive: true }));

const read = ({ getKey }: DevelopmentIssuer, token: string) =>
  openTokenReader({
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    keys: { getKey },
    rolesClaim: 'roles',
  }).read(`Bearer ${token}`);

test('processes that start at once agree on one key, which only the owner can read', async () => {
  const file = join(directory, 'together', 'development-issuer.json');
  const issuers = await Promise.all(Array.from({ length: 5 }, () => openDevelopmentIssuer(file)));

  expect(new Set(issuers.map(({ jwks }) => jwks.keys[0]?.kid)).size).toBe(1);
  expect(issuers[0]?.jwks.keys[0]).not.toHaveProperty('d');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a token is valid for the requested number of days', async () => {
  const issuer = await openDevelopmentIssuer(join(directory, 'days.json'));
  const token = await issuer.sign({ sub: 'ana', roles: ['FAN'], days: 3 });
  const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  expect(exp - iat).toBe(3 * 86_400);
});

const runToken = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['src/bin/token.ts', ...args], {
    env: { DATA_DIRECTORY: directory },
  });

test('npm run token prints a token with the requested roles', async () => {
  const { stdout } = await runToken('--role', 'organiser', '--role', 'gate', '--sub', 'olga', '--days', '2');
  const issuer = await openDevelopmentIssuer(join(directory, 'development-issuer.json'));
  expect(await read(issuer, stdout.trim())).toMatchObject({
    id: 'olga',
    roles: new Set(['ORGANISER', 'GATE']),
  });
});

test('npm run token accepts the names that servers accept', async () => {
  const { stdout } = await runToken('--sub', '😀'.repeat(200));
  const issuer = await openDevelopmentIssuer(join(directory, 'development-issuer.json'));
  expect(await read(issuer, stdout.trim())).toMatchObject({ id: '😀'.repeat(200) });
  await expect(runToken('--sub', '😀'.repeat(201))).rejects.toMatchObject({ code: 1 });
});

test.each([
  [['--role', 'emperor'], /--role must be one of fan, organiser/],
  [['--days', '0'], /--days must be/],
  [['--sub', ''], /--sub must be/],
  [['--sub', 'a\u0007'], /--sub must be/],
])('npm run token %j says what is wrong', async (args, message) => {
  await expect(runToken(...args)).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(message),
  });
});
