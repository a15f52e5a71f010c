import { expect, test } from 'vitest';

import { cloneDatabase } from '../support/database.ts';
import { start } from '../support/process.ts';
import { PRODUCTION } from './production.ts';

test('in production all that is written is JSON, a line each, from the start to the end', async () => {
  await using database = await cloneDatabase();
  const server = start('node', ['src/bin/onsale.ts', '--role', 'api'], {
    ...PRODUCTION,
    DATABASE_URL: database.url,
    REDIS_URL: 'redis://127.0.0.1:1', // nobody: that is written, too
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

/** What the line says, or the line itself where it is not JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
