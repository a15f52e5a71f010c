import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { currentSchema, RELEASED } from './check/schema-changes.ts';
import { ROOT } from './check/tree.ts';

/** `npm run schema:release`: part of a release. `npm run check` compares the schema with this file until the next one. */
writeFileSync(join(ROOT, RELEASED), currentSchema());
