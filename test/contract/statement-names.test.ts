import { expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { namesInSource, unnamedIn } from '../statements/statement-names.ts';

test('every statement in src has a name', () => {
  const sources = [...textsOf('src/**/*.ts')];
  expect(sources.flatMap(([path, text]) => unnamedIn(text).map((found) => `${path}: ${found}`))).toEqual([]);
  expect(namesInSource().size).toBeGreaterThan(80);
});

test('a name is given to one statement, or to the same statement of one file', () => {
  const shared = [...namesInSource()].filter(([, files]) => new Set(files).size > 1);
  expect(shared).toEqual([]);
});

test('a statement without a name is found', () => {
  expect(unnamedIn('await db.select().from(events)')).toEqual(['db.select(']);
  expect(unnamedIn('await tx\n    .update(events)')).toEqual(['tx .update(']);
  expect(unnamedIn('await tx.execute<Row>(sql`\n  select 1`)')).toEqual(['execute<Row>(sql`']);
  expect(unnamedIn("await named(db, 'catalog.findEvents').select()")).toEqual([]);
  expect(unnamedIn('await tx.execute(sql`\n  /* booking.lockRows */ select 1`)')).toEqual([]);
});
