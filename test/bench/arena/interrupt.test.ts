import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { processesOn, start } from '../../support/process.ts';

test('SIGINT ends the arena with its servers and temporary files', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-arena-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const arena = start('node', ['bench/arena/run.ts', '--seats', '20', '--people', '100'], {
    TMPDIR: directory,
  });
  onTestFinished(async () => void (await arena.stop('SIGTERM')));
  await arena.says(/joined \d+/);

  const { code, err } = await arena.stop('SIGINT');

  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('interrupted') });
  expect(await processesOn(directory)).toEqual([]);
  expect(await readdir(directory)).toEqual([]);
});
