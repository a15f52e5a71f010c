import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

import { ROOT, textOf } from '../../scripts/check/tree.ts';
import { ELASTICSEARCH_VERSION } from '../../src/local-stack/elasticsearch-program.ts';
import { Environment } from '../../src/platform/config/environment.ts';

interface Compose {
  'x-onsale': { environment: Record<string, string> };
  services: Record<string, { image?: string; command?: string[]; depends_on?: Record<string, unknown> }>;
}

const compose = parse(textOf('docker-compose.yml'), { merge: true }) as Compose;
const dockerfile = textOf('Dockerfile');

/** Variables of the operator's shell, which are unset here; an empty setting counts as unset. */
const withoutShell = (environment: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => !/^\$\{\w+:-\}$/.test(value)));

test('docker-compose.yml sets only known settings, to valid values', () => {
  const { environment } = compose['x-onsale'];
  expect(Object.keys(environment).length).toBeGreaterThan(3);
  expect(Object.keys(environment).filter((name) => !Object.hasOwn(Environment.shape, name))).toEqual([]);
  expect(Environment.safeParse(withoutShell(environment)).error).toBeUndefined();
});

test('the image of Elasticsearch has the version of the embedded one', () => {
  expect(compose.services['elasticsearch']?.image).toBe(`elasticsearch:${ELASTICSEARCH_VERSION}`);
});

test('programs that containers run exist', () => {
  const commands = Object.values(compose.services).flatMap(({ command = [] }) => command);
  const files = [...commands, ...dockerfile.matchAll(/src\/[\w/.-]+\.ts/g)]
    .flat()
    .filter((word) => word.startsWith('src/'));
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('the image has the Node version of package.json', () => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: { node: string } };
  const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(new Set(images)).toEqual(new Set([`node:${dependencies.node}-slim`]));
});

test('.nvmrc names the major version of Node in package.json', () => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: { node: string } };
  expect(textOf('.nvmrc').trim()).toBe(dependencies.node.split('.')[0]);
});

test('the emulator accepts the options of its container', async () => {
  const [program, ...args] = compose.services['stripe']?.command ?? [];
  expect(program).toBe('node');
  const localArgs = args.map((arg) =>
    arg.replace(/^--port=.*/, '--port=0').replace(/^--state-file=.*/, '--state-file=:memory:'),
  );
  expect(localArgs).toContain('--port=0');

  const child = spawn(process.execPath, localArgs, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('\n')) break;
  }

  expect(output).toMatch(/^listening http:/);
});
