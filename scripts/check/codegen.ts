import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run, type Finding } from './part.ts';
import { ROOT } from './tree.ts';

/** Run codegen and compare what it wrote with what was there, committed or not. The new files stay. */
export async function codegenIsFresh(): Promise<Finding> {
  const before = await readGenerated();
  const generated = await run('graphql-codegen', ['--config', 'codegen.ts']);
  if (generated.problems !== null) return generated;
  const after = await readGenerated();
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  if (stale.length === 0) return { problems: null };
  return { problems: `Stale, and now re-made; look at the difference and commit it:\n${stale.join('\n')}` };
}

async function readGenerated(): Promise<Map<string, string>> {
  const directory = join(ROOT, 'src/generated');
  const names = await readdir(directory).catch(() => []);
  const entries = names.map(
    async (name) => [`src/generated/${name}`, await readFile(join(directory, name), 'utf8')] as const,
  );
  return new Map(await Promise.all(entries));
}
