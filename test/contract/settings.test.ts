import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { Environment } from '../../src/platform/config.ts';
import { textOf } from './tree.ts';

const KNOWN = Object.keys(Environment.shape);

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

test('.env.example tells the defaults as they are', () => {
  const written = settingsOf(textOf('.env.example'));
  const defaults = Object.entries(Environment.parse({})).filter(([, value]) => value !== undefined);
  expect(defaults.length).toBeGreaterThan(10);
  for (const [name, value] of defaults) expect(`${name}=${written.get(name)}`).toBe(`${name}=${value}`);
});

test('a setting that is missing or made up is seen', () => {
  expect([...settingsOf('# PORTS=1 in prose\nPORT=1\n#HOST=x\n')]).toEqual([
    ['PORT', '1'],
    ['HOST', 'x'],
  ]);
});

test('docker-compose.yml sets only what is read, to values that are taken', () => {
  const { 'x-onsale': onsale } = parse(textOf('docker-compose.yml')) as {
    'x-onsale': { environment: Record<string, string> };
  };
  expect(Object.keys(onsale.environment).filter((name) => !KNOWN.includes(name))).toEqual([]);
  expect(Environment.safeParse(onsale.environment).error).toBeUndefined();
});

test('the image runs the Node that package.json brings', () => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: { node: string } };
  const images = [...textOf('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(new Set(images)).toEqual(new Set([`node:${dependencies.node}-slim`]));
});
