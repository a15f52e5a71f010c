import { expect, test } from 'vitest';

import { importCircles, largeFolders, strayImports, unknownFiles } from '../../scripts/check/imports.ts';
import { pathsOf, textsOf } from '../../scripts/check/tree.ts';

test('imports follow the order, and reach another capability only through its index.ts', () => {
  const files = textsOf('src/**/*.ts');
  expect(files.size).toBeGreaterThan(50);
  expect(strayImports(files)).toEqual([]);
});

test.each([
  ['upward import', 'src/platform/money.ts', `import { events } from '../catalog/index.ts';`],
  ['upward import', 'src/catalog/tables.ts', `import type { TicketRow } from '../booking/index.ts';`],
  ['upward import', 'src/booking/hold/expire.ts', `const { start } = await import('../../app/start.ts');`],
  ['upward import', 'src/booking/reserve/load.ts', `export { refund } from '../../payments/index.ts';`],
  ['upward import', 'src/booking/store/holds.ts', `import { reserve } from '../reserve/reserve-tickets.ts';`],
  ['upward import', 'src/payments/checkout-steps.ts', `import type { Row } from './store/bookings.ts';`],
  ['upward import', 'src/seat-map/board/boards.ts', `import type { Live } from '../live/live-map.ts';`],
  ['past the door', 'src/booking/store/sale.ts', `import { events } from '../../catalog/tables.ts';`],
  ['past the door', 'src/app/start.ts', `export * from '../seat-map/resolvers.ts';`],
  ['out of src', 'src/app/start.ts', `import { seed } from '../../test/support/world.ts';`],
  ['no place in the order', 'src/app/start.ts', `import { x } from '../misc/x.ts';`],
  ['no place in the order', 'src/misc/x.ts', ''],
  ['no place in the order', 'src/booking/misc/x.ts', ''],
  ['no place in the order', 'src/booking/resolvers.ts', `import { x } from './misc/x.ts';`],
])('a planted import is found: %s in %s', (problem, file, text) => {
  expect(strayImports(new Map([[file, text]]))).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ['src/booking/store/sale.ts', `import { events } from '../../catalog/index.ts';`],
  ['src/booking/store/sale.ts', `import { reservations } from '../tables.ts';`],
  ['src/catalog/resolvers.ts', `import type { Resolvers } from '../generated/graphql.ts';`],
  ['src/catalog/store/reads.ts', `import type { Db } from '../../platform/db/pool.ts';`],
  ['src/generated/graphql.ts', `import type { Context } from '../app/context.ts';`],
  ['src/bin/onsale.ts', `import { start } from '../app/start.ts';`],
  ['src/booking/store/sale.ts', `import { sql } from 'drizzle-orm'; // from '../app/start.ts'`],
])('an import that follows the order is accepted: %s', (file, text) => {
  expect(strayImports(new Map([[file, text]]))).toEqual([]);
});

test('src has no import circle', () => {
  expect(importCircles(textsOf('src/**/*.ts'))).toEqual([]);
});

test.each([
  ['two files', { 'src/booking/a.ts': `import './b.ts';`, 'src/booking/b.ts': `export * from './a.ts';` }],
  [
    'types only, over three files',
    {
      'src/search/a.ts': `import type { B } from './b.ts';`,
      'src/search/b.ts': `import type { C } from './postgres/c.ts';`,
      'src/search/postgres/c.ts': `import type { A } from '../a.ts';`,
    },
  ],
])('a planted import circle is found: %s', (_what, tree) => {
  expect(importCircles(new Map(Object.entries(tree)))).toEqual([
    `import circle: ${[...Object.keys(tree), Object.keys(tree)[0]].join(' -> ')}`,
  ]);
});

test('no folder exceeds the maximum number of files', () => {
  expect(largeFolders(pathsOf('src/**/*.*'))).toEqual([]);
  const planted = Array.from({ length: 21 }, (_, index) => `src/booking/store/f${index}.ts`);
  expect(largeFolders(planted)).toEqual([expect.stringContaining('src/booking/store: 21 files')]);
});

test('src holds no file that the checks do not read', () => {
  expect(unknownFiles(pathsOf('src/**/*.*'))).toEqual([]);
  const planted = ['src/booking/store/x.mts', 'src/app/x.js', 'src/generated/x.ts'];
  expect(unknownFiles(planted)).toHaveLength(planted.length);
});
