import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

import config from '../../drizzle.config.ts';
import { outputOf, runScript, type Finding } from './part.ts';
import { ROOT, textsOf } from './tree.ts';
import { unsafeStatements } from './unsafe-migrations.ts';

/** Generate the next migration in a copy of drizzle/: it is empty unless a table changed without a migration. */
export async function migrationsMatchTables(): Promise<Finding> {
  // Inside the repository, because drizzle-kit resolves `out` against the working directory.
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const copy = await mkdtemp(join(cache, 'drizzle-'));
  try {
    await cp(join(ROOT, 'drizzle'), copy, { recursive: true });
    const before = new Set(await readdir(copy));
    const { output } = await outputOf('drizzle-kit', [
      'generate',
      `--dialect=${config.dialect}`,
      `--schema=${String(config.schema)}`,
      `--out=${relative(ROOT, copy)}`,
    ]);
    // Its exit code is 0 on failure, too, for example when it cannot prompt about a renamed column.
    if (output.includes('No schema changes')) return { problems: null };
    const added = (await readdir(copy)).filter((name) => !before.has(name));
    const statements = await Promise.all(added.map((name) => readFile(join(copy, name), 'utf8')));
    return {
      problems: ['Missing from drizzle/; run `npm run db:generate`:', ...statements, output].join('\n'),
    };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Compare new migrations with the forms that are safe while an earlier version runs on the same database. */
export async function migrationsAreSafe(): Promise<Finding> {
  const texts = [...textsOf('drizzle/[0-9]*.sql')].map(([path, text]) => [basename(path), text] as const);
  const problems = unsafeStatements(new Map(texts));
  return { problems: problems.length === 0 ? null : problems.join('\n') };
}

/** Apply all migrations to an empty database and compare its dump with the committed one. */
export async function dumpIsFresh(): Promise<Finding> {
  return runScript('db:dump', '--check');
}
