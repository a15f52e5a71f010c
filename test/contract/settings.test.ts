import { expect, test } from 'vitest';

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
