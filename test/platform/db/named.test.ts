import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { named } from '../../../src/platform/db/named.ts';
import { openServerPool, type Pool } from '../../../src/platform/db/pool.ts';
import { replicationSlots } from '../../../src/platform/db/tables.ts';
import { cloneDatabase } from '../../support/database.ts';

const opened = new AsyncDisposableStack();
let pool: Pool;
beforeAll(async () => {
  const { url } = opened.use(await cloneDatabase());
  pool = opened.use(openServerPool(url, 2));
});
afterAll(() => opened.disposeAsync());

test('the text of a statement begins with its name', () => {
  const { sql: text } = named(pool.db, 'test.find')
    .select()
    .from(replicationSlots)
    .where(eq(replicationSlots.name, 'a'))
    .toSQL();
  expect(text).toMatch(/^\/\* test\.find \*\/ select /);
  expect(pool.db.select().from(replicationSlots).toSQL().sql).toMatch(/^select /); // the database itself is unchanged
});

test('a named statement is part of its transaction, and so is one with a CTE', async () => {
  await pool.db
    .transaction(async (tx) => {
      await named(tx, 'test.insert').insert(replicationSlots).values({ name: 'a', generation: 'g' });
      const found = tx.$with('found').as(tx.select().from(replicationSlots));
      expect(await named(tx, 'test.find').with(found).select().from(found)).toEqual([
        { name: 'a', generation: 'g' },
      ]);
      throw new Error('roll back');
    })
    .catch(() => {});
  expect((await pool.db.execute(sql`select * from replication_slots`)).rows).toEqual([]);
});
