import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readOptions } from '../src/platform/cli/read-options.ts';
import { exitWithMessage } from '../src/platform/cli/run-command.ts';
import { currentSchema, RELEASED } from './check/schema-changes.ts';
import { ROOT } from './check/tree.ts';

/**
 * `npm run schema:release`: part of a release. Until the next one `npm run check` compares the schema with the first file, and
 * test/journeys/two-builds.test.ts runs the commit of the second beside the tree.
 */
process.exitCode = await exitWithMessage(() => {
  readOptions({
    call: 'npm run schema:release --',
    about: `Part of a release: write ${RELEASED} and drizzle/released.json, which the next changes are compared with.`,
  });
  writeFileSync(join(ROOT, RELEASED), currentSchema());
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  writeFileSync(join(ROOT, 'drizzle/released.json'), `${JSON.stringify({ commit }, null, 2)}\n`);
  return Promise.resolve(0);
});
