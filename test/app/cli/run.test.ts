import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { cloneDatabase } from '../../support/database.ts';
import { start } from '../../support/process.ts';
import { PRODUCTION } from '../production-settings.ts';

test('in production all output is one JSON object per line, from start to shutdown', async () => {
  await using database = await cloneDatabase();
  const server = start('node', ['src/bin/onsale.ts', '--role', 'api'], {
    ...PRODUCTION,
    DATABASE_URL: database.url,
    REDIS_URL: 'redis://127.0.0.1:1', // no server: its connection errors are logged, too
    PORT: '0',
  });
  await server.says(/Onsale is ready/);
  const { code, out, err } = await server.stop('SIGTERM');
  expect({ code, err }).toEqual({ code: 0, err: '' });

  const lines = out.trimEnd().split('\n').map(parsed);
  expect(lines.filter((line) => typeof line === 'string')).toEqual([]);
  expect(lines).toContainEqual(
    expect.objectContaining({
      msg: 'Onsale is ready',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      roles: ['api'],
    }),
  );
});

test('the banner of a worker alone shows no API and no tokens, as the API may have another issuer', async () => {
  await using database = await cloneDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'onsale-worker-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const worker = start('node', ['src/bin/onsale.ts', '--role', 'worker'], {
    DATA_DIRECTORY: directory,
    DATABASE_URL: database.url,
    REDIS_URL: 'redis://127.0.0.1:1',
    STRIPE_SECRET_KEY: 'sk_test_example',
    STRIPE_WEBHOOK_SECRET: 'whsec_example',
    PORT: '0',
  });
  const banner = await worker.says(/Ctrl-C stops everything/);
  await worker.stop('SIGTERM');
  expect(banner).toMatch(/Health +http:\S+readyz/);
  expect(banner).not.toMatch(/graphi?ql|Tokens|\bey\w+\./);
});

/** The parsed line, or the line itself if it is not JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
