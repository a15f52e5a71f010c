import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { pathsOf, textOf } from '../../scripts/check/tree.ts';

interface Workflow {
  jobs: Record<
    string,
    {
      env?: Record<string, string>;
      strategy?: { matrix: Record<string, unknown[]> };
      steps: { uses?: string; run?: string }[];
    }
  >;
}

const { jobs } = parse(textOf('.github/workflows/ci.yml')) as Workflow;
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run.split('\n')));

test('every workflow is valid YAML', () => {
  for (const file of pathsOf('.github/**/*.{yml,yaml}')) expect(() => parse(textOf(file))).not.toThrow();
});

test('npm scripts that steps run exist', () => {
  const named = commands.flatMap((line) =>
    [...line.matchAll(/\bnpm (?:run )?([\w:-]+)/g)].map(([, name]) => name!),
  );
  expect(named).toContain('test');
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  expect(commands).toContain('.ci/run');
});

test('the oldest and the newest supported stores are tested, through variables that the tests read', () => {
  const { env = {}, strategy } = jobs['stores']!;
  expect(strategy?.matrix).toMatchObject({
    postgres: ['postgres:15', 'postgres:18'],
    redis: ['redis:7', 'valkey/valkey:8'],
  });
  const setup = textOf('test/support/global-setup.ts');
  expect(Object.keys(env)).toEqual(['TEST_DATABASE_URL', 'TEST_REDIS_URL']);
  expect(Object.keys(env).filter((name) => !setup.includes(`process.env['${name}']`))).toEqual([]);
});

test('expressions name values of the matrix', () => {
  for (const [name, job] of Object.entries(jobs)) {
    const used = [...JSON.stringify(job).matchAll(/matrix\.(\w+)/g)].map(([, key]) => key!);
    expect(used.filter((key) => !Object.hasOwn(job.strategy?.matrix ?? {}, key))).toEqual([]);
    expect(used.length, name).toBeGreaterThan(0);
  }
});
