import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { outputOf, run, type Finding } from './part.ts';
import { ROOT } from './tree.ts';

/** Ask drizzle-kit for the next migration, in a copy: if there is one, somebody changed a table and made none. */
export async function migrationsMatchTables(): Promise<Finding> {
  // Inside the project, because drizzle-kit takes `out` relative to where it runs.
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const copy = await mkdtemp(join(cache, 'drizzle-'));
  try {
    await cp(join(ROOT, 'drizzle'), copy, { recursive: true });
    const before = new Set(await readdir(copy));
    const { output } = await outputOf('drizzle-kit', [
      'generate',
      '--dialect=postgresql',
      '--schema=./src/**/tables.ts',
      `--out=${relative(ROOT, copy)}`,
    ]);
    // Its exit code is 0 even when it fails, for example for want of somebody to ask about a renamed column.
    if (output.includes('No schema changes')) return { problems: null };
    const added = (await readdir(copy)).filter((name) => !before.has(name));
    const statements = await Promise.all(added.map((name) => readFile(join(copy, name), 'utf8')));
    return {
      problems: [
        'Missing from drizzle/; make it with `npx drizzle-kit generate`:',
        ...statements,
        output,
      ].join('\n'),
    };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Apply all migrations to an empty database and compare its dump with the committed one. */
export async function dumpIsFresh(): Promise<Finding> {
  if (!existsSync(join(ROOT, 'scripts/dump-schema.ts')))
    return { problems: null, note: 'no scripts/dump-schema.ts yet' };
  return run('node', ['scripts/dump-schema.ts', '--check']);
}
