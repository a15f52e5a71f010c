import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

import { ROOT, textOf, textsOf } from '../../scripts/check/tree.ts';
import { Environment } from '../../src/platform/config/environment.ts';
import { readSettings } from '../../src/platform/config/settings.ts';

const KNOWN = Object.keys(Environment.shape);

/** Property names of the parsed settings. */
function namesIn(settings: object): string[] {
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? namesIn(value) : [name],
  );
}

/** `NAME=value` lines, commented out or not. */
function settingsOf(example: string): Map<string, string> {
  return new Map(
    [...example.matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}

test('.env.example explains every setting, and nothing else', () => {
  expect(KNOWN.length).toBeGreaterThan(20);
  expect([...settingsOf(textOf('.env.example')).keys()].toSorted()).toEqual(KNOWN.toSorted());
});

test('.env.example shows the actual defaults', () => {
  const documented = settingsOf(textOf('.env.example'));
  const defaults = Object.entries(Environment.parse({})).filter(([, value]) => value !== undefined);
  expect(defaults.length).toBeGreaterThan(10);
  for (const [name, value] of defaults) expect(`${name}=${documented.get(name)}`).toBe(`${name}=${value}`);
});

test('every parsed setting is used in src', () => {
  const sources = [...textsOf('src/**/*.ts')].filter(([path]) => !path.startsWith('src/platform/config/'));
  const text = sources.map(([, source]) => source).join('\n');
  const names = namesIn(readSettings({}));
  expect(names).toContain('drainSeconds');
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});

test('every npm script that reads settings loads .env', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const commands = Object.values(scripts).flatMap((script) => /node .*src\/bin\/\S+/.exec(script) ?? []);
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((command) => !command.startsWith('node --import ./scripts/read-env.ts '))).toEqual(
    [],
  );
});

test('.env supplies variables that the environment lacks, and is optional', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-env-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const program = 'console.log(process.env.HOST, process.env.PORT)';
  const output = () =>
    promisify(execFile)(
      process.execPath,
      ['--import', join(ROOT, 'scripts/read-env.ts'), '--eval', program],
      { cwd: directory, env: { PORT: '1' } },
    );

  expect(await output()).toEqual({ stdout: 'undefined 1\n', stderr: '' });
  await writeFile(join(directory, '.env'), '#HOST=a\nHOST=b\nPORT=2\n');
  expect(await output()).toEqual({ stdout: 'b 1\n', stderr: '' });
});

test('prose in .env.example is not taken for a setting', () => {
  expect([...settingsOf('# PORTS=1 in prose\nPORT=1\n#HOST=x\n')]).toEqual([
    ['PORT', '1'],
    ['HOST', 'x'],
  ]);
});
