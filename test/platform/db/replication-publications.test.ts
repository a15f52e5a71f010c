import { expect, test } from 'vitest';

import { parseLsn } from '../../../src/platform/db/lsn.ts';
import { eventually } from '../../support/wait-until.ts';
import { block, open, openPlace, placesOf, slotOf } from './slot-reader.ts';

/** The changes of the next transactions, by what they do to which row, until there are as many. */
async function changesOf(reader: ReturnType<typeof open>, count: number): Promise<string[]> {
  const changes: string[] = [];
  while (changes.length < count)
    for (const { table, operation, row } of (await reader.until('changes')).changes)
      changes.push([operation, table, ...Object.values(row)].join(' '));
  return changes;
}

test('several publications are read by one slot, with deleted rows, changed keys and truncated tables', async () => {
  const place = await openPlace();
  await place.pool.sql.unsafe(`
    create table one (id int primary key, text text);
    create table two (a int, b int, primary key (a, b));
    create publication test_all for table one (id);
    create publication test_inserts for table two with (publish = 'insert, delete')`);
  const reader = open(place, undefined, {
    publication: 'test_all',
    furtherPublications: ['test_inserts'],
  });
  await reader.until('acquired');
  expect((await slotOf(place))?.slot_name).toMatch(/^test_all_/);
  await place.pool.sql.unsafe(`
    insert into one values (1, 'a'); update one set text = 'b'; update one set id = 2; delete from one; truncate one;
    insert into two values (1, 2); update two set b = 3; delete from two`);
  expect(await changesOf(reader, 8)).toEqual([
    ...['insert one 1', 'update one 1', 'delete one 1', 'update one 2', 'delete one 2', 'truncate one'],
    ...['insert two 1 2', 'delete two 1 3'],
  ]);
});

test('a reader that needs keys alone gets each once in a transaction, and none that it does not need', async () => {
  const place = await openPlace();
  const reader = open(place, undefined, {
    keyOf: ({ row }) => (row['place'] === 99 ? null : String(row['event_id'])),
  });
  await reader.until('acquired');
  const before = parseLsn((await slotOf(place))!.confirmed);
  await block(place, 1, 2, 3);
  expect(placesOf(await reader.until('changes'))).toHaveLength(1);
  await block(place, 99); // is acknowledged all the same
  await eventually('the slot has moved', async () => {
    await reader.until('caught-up');
    return parseLsn((await slotOf(place))!.confirmed) > before;
  });
  await block(place, 4);
  expect(placesOf(await reader.until('changes'))).toEqual([4]);
});
