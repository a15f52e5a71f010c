import { expect, test } from 'vitest';

import { strayImports } from './imports.ts';
import { textsOf } from './tree.ts';

test('imports run one way, and into another capability only by its door', () => {
  const files = textsOf('src/**/*.ts');
  expect(files.size).toBeGreaterThan(50);
  expect(strayImports(files)).toEqual([]);
});

test.each([
  ['uphill', 'src/platform/money.ts', `import { events } from '../catalog/index.ts';`],
  ['uphill', 'src/catalog/store.ts', `import type { TicketRow } from '../booking/index.ts';`],
  ['uphill', 'src/booking/expire.ts', `const { start } = await import('../app/start.ts');`],
  ['uphill', 'src/booking/scripts/load.ts', `export { refund } from '../../payments/index.ts';`],
  ['past the door', 'src/booking/store.ts', `import { events } from '../catalog/tables.ts';`],
  ['past the door', 'src/app/start.ts', `export * from '../seat-map/resolvers.ts';`],
  ['out of src', 'src/app/start.ts', `import { seed } from '../../test/support/world.ts';`],
  ['no place in the order', 'src/app/start.ts', `import { x } from '../misc/x.ts';`],
  ['no place in the order', 'src/misc/x.ts', ''],
])('a planted import is found: %s in %s', (problem, file, text) => {
  expect(strayImports(new Map([[file, text]]))).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ['src/booking/store.ts', `import { events } from '../catalog/index.ts';`],
  ['src/booking/store.ts', `import { reservations } from './tables.ts';`],
  ['src/catalog/resolvers.ts', `import type { Resolvers } from '../generated/graphql.ts';`],
  ['src/catalog/store.ts', `import type { Db } from '../platform/db/pool.ts';`],
  ['src/generated/graphql.ts', `import type { Context } from '../app/context.ts';`],
  ['src/bin/onsale.ts', `import { start } from '../app/start.ts';`],
  ['src/booking/store.ts', `import { sql } from 'drizzle-orm'; // from '../app/start.ts'`],
])('an import that keeps the order is left alone: %s', (file, text) => {
  expect(strayImports(new Map([[file, text]]))).toEqual([]);
});
