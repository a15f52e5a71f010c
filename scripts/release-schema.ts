import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { currentSchema, RELEASED } from './check/schema-changes.ts';
import { ROOT } from './check/tree.ts';

/**
 * `npm run schema:release`: part of a release. Until the next one `npm run check` compares the schema with the first file, and
 * test/journeys/two-builds.test.ts runs the commit of the second beside the tree.
 */
writeFileSync(join(ROOT, RELEASED), currentSchema());
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
writeFileSync(join(ROOT, 'drizzle/released.json'), `${JSON.stringify({ commit }, null, 2)}\n`);
