/**
 * `npm run check`: everything that can be said about the tree without running it.
 *
 * All parts run, even after one has failed, so that one run shows all there is to mend.
 */
import { performance } from 'node:perf_hooks';

import { codegenIsFresh } from './check/codegen.ts';
import { composeFile, dockerfile } from './check/containers.ts';
import { importsAreInOrder } from './check/imports.ts';
import { lockFileNamesNoRegistry } from './check/lock-file.ts';
import { dumpIsFresh, migrationsMatchTables } from './check/migrations.ts';
import { run, type Part } from './check/part.ts';

/** In this order, because the first re-makes a file that the others read. */
const PARTS: readonly Part[] = [
  { name: 'src/generated is what codegen makes of schema/', check: codegenIsFresh },
  { name: 'formatting (prettier)', check: () => run('prettier', ['--check', '--log-level=warn', '.']) },
  { name: 'lint (eslint)', check: () => run('eslint', ['--max-warnings=0', '.']) },
  { name: 'types (tsc)', check: () => run('tsc', ['--noEmit', '--project', '.']) },
  { name: 'import order, circles and folder sizes of src/', check: importsAreInOrder },
  { name: 'drizzle/ makes the tables of src/**/tables.ts', check: migrationsMatchTables },
  { name: 'drizzle/schema.sql is the sum of the migrations', check: dumpIsFresh },
  { name: 'docker-compose.yml', check: composeFile },
  { name: 'Dockerfile', check: dockerfile },
  { name: 'package-lock.json names no registry', check: lockFileNamesNoRegistry },
];

const failed: string[] = [];
for (const { name, check } of PARTS) {
  const startedAt = performance.now();
  const { problems, note } = await check();
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${problems === null ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${note ? `: ${note}` : ''}`);
  if (problems === null) continue;
  failed.push(name);
  console.log(problems.trimEnd().replaceAll(/^/gm, '       '));
}

console.log(
  failed.length === 0 ? '\nAll is well.' : `\nTo mend:\n${failed.map((name) => `  - ${name}`).join('\n')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
