/** `npm run check`: static checks of the repository. All of them run, even after a failure, so that one run lists every problem. */
import { performance } from 'node:perf_hooks';

import { readOptions } from '../src/platform/cli/read-options.ts';
import { exitWithMessage } from '../src/platform/cli/run-command.ts';
import { codegenIsFresh } from './check/codegen.ts';
import { composeFile, dockerfile } from './check/containers.ts';
import { importsAreInOrder } from './check/imports.ts';
import { lockFileNamesNoRegistry } from './check/lock-file.ts';
import { dumpIsFresh, migrationsAreSafe, migrationsMatchTables } from './check/migrations.ts';
import { run, runScript, type Part } from './check/part.ts';
import { schemaIsCompatible } from './check/schema-changes.ts';

/** Codegen comes first: it regenerates a file that the others read. */
const PARTS: readonly Part[] = [
  { name: 'src/generated is up to date with schema/ (codegen)', check: codegenIsFresh },
  { name: 'no unannounced breaking change of the schema', check: schemaIsCompatible },
  { name: 'formatting (prettier)', check: () => run('prettier', ['--check', '--log-level=warn', '.']) },
  { name: 'lint (eslint)', check: () => runScript('lint') },
  { name: 'types (tsc)', check: () => runScript('types') },
  { name: 'no unused file, export or dependency (knip)', check: () => runScript('unused') },
  { name: 'import order, circles and folder sizes of src/', check: importsAreInOrder },
  { name: 'drizzle/ has the migrations of src/**/tables.ts', check: migrationsMatchTables },
  { name: 'new migrations are safe beside an earlier version', check: migrationsAreSafe },
  { name: 'drizzle/schema.sql is the sum of the migrations', check: dumpIsFresh },
  { name: 'docker-compose.yml', check: composeFile },
  { name: 'Dockerfile', check: dockerfile },
  { name: 'package-lock.json names no registry', check: lockFileNamesNoRegistry },
];

process.exitCode = await exitWithMessage(async () => {
  readOptions({
    call: 'npm run check --',
    about: 'Run the static checks of the repository, all of them, and list every problem.',
  });
  const failed: string[] = [];
  for (const { name, check } of PARTS) {
    const startedAt = performance.now();
    const { problems, note } = await check().catch((error: unknown) => ({
      problems: String(error),
      note: undefined,
    }));
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    console.log(
      `${problems === null ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${note ? `: ${note}` : ''}`,
    );
    if (problems === null) continue;
    failed.push(name);
    console.log(problems.trimEnd().replaceAll(/^/gm, '       '));
  }

  console.log(
    failed.length === 0
      ? '\nAll checks passed.'
      : `\nFailed:\n${failed.map((name) => `  - ${name}`).join('\n')}`,
  );
  return failed.length === 0 ? 0 : 1;
});
