import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  idempotentCall,
  recall,
  remember,
  rememberEach,
  type IdempotentCall,
} from '../../../src/platform/db/idempotency.ts';
import { deleteOldRows } from '../../../src/platform/db/retention/delete-old-rows.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
});
afterAll(() => world[Symbol.asyncDispose]());

const callOf = (eventId: string, key: string, input: object = {}): IdempotentCall =>
  idempotentCall({ eventId, viewerId: 'ana', key }, 'test', input);
const answerAt = (eventId: string) => ({ eventId, id: randomUUID() });

const store = (call: IdempotentCall, answer = answerAt(call.eventId)) =>
  inTransaction(world.platform, 'test', (tx) => remember(tx, call, answer));

describe('a call', () => {
  test('is stored once per Event, viewer and key', async () => {
    const [here, there] = [randomUUID(), randomUUID()];
    const answer = answerAt(here);
    expect(await store(callOf(here, 'k'), answer)).toBe(true);
    expect(await store(callOf(here, 'k'))).toBe(false);
    expect(await store(callOf(there, 'k'))).toBe(true);
    expect(await recall(world.platform.db, callOf(here, 'k'))).toEqual({ answer });
    expect(await recall(world.platform.db, callOf(here, 'k', { other: 1 }))).toBe('reused');
    expect(await recall(world.platform.db, callOf(here, 'another'))).toBeNull();
  });

  test('is found by its position, though the database stores another text than was sent', async () => {
    const eventId = randomUUID();
    const [before, odd, after] = ['before', 'odd\ud800', 'after'].map((key) => callOf(eventId, key));
    const answers = [before, odd, after].map((call) => ({ call: call!, answer: answerAt(eventId) }));
    const stored = await inTransaction(world.platform, 'test', (tx) => rememberEach(tx, answers));
    expect(stored).toEqual([true, true, true]);
    const found = await Promise.all(answers.map(({ call }) => recall(world.platform.db, call)));
    expect(found).toEqual(answers.map(({ answer }) => ({ answer })));
    expect(await inTransaction(world.platform, 'test', (tx) => rememberEach(tx, [
      { call: callOf(eventId, 'new'), answer: answerAt(eventId) },
      { call: odd!, answer: answerAt(eventId) },
    ]))).toEqual([true, false]); // prettier-ignore
  });
});

/** The statement with which the version before `idempotent_calls` stores an answer; returns whether it was the first. */
async function storeAsBefore(sql: postgres.Sql, call: IdempotentCall, answer = answerAt(call.eventId)) {
  const rows = await sql`
    insert into idempotency_keys as kept (viewer_id, key, operation, input_hash, answer)
    select viewer_id, key, operation, input_hash, answer::jsonb
    from unnest(${[call.viewerId]}::text[], ${[call.key]}::text[], ${[call.operation]}::text[],
      ${[call.inputHash]}::text[], ${[JSON.stringify(answer)]}::text[]
    ) as given (viewer_id, key, operation, input_hash, answer)
    order by viewer_id, key
    on conflict (viewer_id, key) do update
      set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer, created_at = now()
      where kept.created_at <= now() - interval '24 hours'
    returning viewer_id, key`;
  return rows.length === 1;
}

describe('beside the version that knows only `idempotency_keys`', () => {
  const ageByADay = (table: string, key: string) =>
    world.platform.sql`
      update ${world.platform.sql(table)} set created_at = created_at - interval '25 hours' where key = ${key}`;

  test('a call stored by either is known to the other', async () => {
    const eventId = randomUUID();
    const answer = answerAt(eventId);
    expect(await storeAsBefore(world.platform.sql, callOf(eventId, 'theirs'), answer)).toBe(true);
    expect(await store(callOf(eventId, 'theirs'))).toBe(false);
    expect(await recall(world.platform.db, callOf(eventId, 'theirs'))).toEqual({ answer });

    expect(await store(callOf(eventId, 'ours'), answer)).toBe(true);
    expect(await storeAsBefore(world.platform.sql, callOf(eventId, 'ours'))).toBe(false);
    expect(await world.platform.sql`select answer from idempotency_keys where key = 'ours'`).toMatchObject([
      { answer },
    ]);
  });

  test('a null and an absent field are the same input, whichever version stores the call', async () => {
    const eventId = randomUUID();
    const [absent, isNull] = [{ url: 'a' }, { url: 'a', deep: { by: null }, list: [null] }];
    const bare = { url: 'a', deep: {}, list: [null] };
    const pairs = [
      ['null, then absent', isNull, bare],
      ['absent, then null', bare, isNull],
      ['null, then null', isNull, isNull],
    ] as const;
    for (const [name, first, second] of pairs) {
      const answer = answerAt(eventId);
      expect(await store(callOf(eventId, name, first), answer)).toBe(true);
      expect(await recall(world.platform.db, callOf(eventId, name, second)), name).toEqual({ answer });
      expect(await recall(world.platform.db, callOf(eventId, name, absent))).toBe('reused');
      expect(await recall(world.platform.db, callOf(eventId, name, { ...bare, list: [] }))).toBe('reused');
    }
    for (const [name, first, second] of pairs.slice(1)) {
      const theirs = { key: `theirs: ${name}`, answer: answerAt(eventId) };
      await storeAsBefore(world.platform.sql, callOf(eventId, theirs.key, first), theirs.answer);
      expect(await recall(world.platform.db, callOf(eventId, theirs.key, second)), name).toEqual({
        answer: theirs.answer,
      });
    }
    // and the former version compares what it has always compared
    const [row] = await world.platform
      .sql`select input_hash from idempotency_keys where key = 'null, then null'`;
    expect(row!['input_hash']).toBe(callOf(eventId, '', isNull).inputHash);
    expect(row!['input_hash']).not.toBe(callOf(eventId, '', bare).inputHash);
  });

  test('an expired call does not lend its input to the call that replaces it', async () => {
    const eventId = randomUUID();
    const [mine, next] = [{ url: 'mine' }, { url: 'next' }];
    await store(callOf(eventId, 'lent', mine));
    for (const table of ['idempotent_calls', 'idempotency_keys']) await ageByADay(table, 'lent');
    const answer = answerAt(eventId);
    expect(await storeAsBefore(world.platform.sql, callOf(eventId, 'lent', next), answer)).toBe(true);
    expect(await recall(world.platform.db, callOf(eventId, 'lent', next))).toEqual({ answer });
    expect(await recall(world.platform.db, callOf(eventId, 'lent', mine))).toBe('reused');
  });

  test('of two concurrent calls, one is stored', async () => {
    const call = callOf(randomUUID(), 'raced');
    let ours: Promise<boolean> | undefined;
    await world.platform.sql.begin(async (tx) => {
      expect(await storeAsBefore(tx as unknown as postgres.Sql, call)).toBe(true);
      ours = store(call);
    });
    expect(await ours).toBe(false);

    const next = callOf(randomUUID(), 'raced the other way');
    let theirs: Promise<boolean> | undefined;
    await inTransaction(world.platform, 'test', async (tx) => {
      expect(await remember(tx, next, answerAt(next.eventId))).toBe(true);
      theirs = storeAsBefore(world.platform.sql, next);
    });
    expect(await theirs).toBe(false);
  });

  test('a key used at two Events is refused by it at the second', async () => {
    const [here, there] = [randomUUID(), randomUUID()];
    const answer = answerAt(here);
    expect(await store(callOf(here, 'twice'), answer)).toBe(true);
    expect(await store(callOf(there, 'twice'))).toBe(true);
    expect(await storeAsBefore(world.platform.sql, callOf(there, 'twice'))).toBe(false);
    expect(await world.platform.sql`select answer from idempotency_keys where key = 'twice'`).toMatchObject([
      { answer },
    ]);
  });

  test('after a day both take the key again', async () => {
    const eventId = randomUUID();
    await store(callOf(eventId, 'daily'));
    for (const table of ['idempotent_calls', 'idempotency_keys']) await ageByADay(table, 'daily');
    const second = answerAt(eventId);
    expect(await store(callOf(eventId, 'daily'), second)).toBe(true);
    expect(await world.platform.sql`select answer from idempotency_keys where key = 'daily'`).toMatchObject([
      { answer: second },
    ]);
    for (const table of ['idempotent_calls', 'idempotency_keys']) await ageByADay(table, 'daily');
    const third = answerAt(eventId);
    expect(await storeAsBefore(world.platform.sql, callOf(eventId, 'daily'), third)).toBe(true);
    expect(await recall(world.platform.db, callOf(eventId, 'daily'))).toEqual({ answer: third });
  });

  test('deleting old calls deletes their copies', async () => {
    const { sql } = world.platform;
    const eventId = randomUUID();
    await store(callOf(eventId, 'gone'));
    await store(callOf(eventId, 'kept'));
    for (const table of ['idempotent_calls', 'idempotency_keys']) {
      await sql`update ${sql(table)} set created_at = '2026-01-01' where key = 'gone'`;
    }
    const { deleted } = await deleteOldRows(world.platform, {
      table: 'idempotent_calls',
      column: 'created_at',
      days: 1,
    });
    expect(deleted).toBe(1);
    expect(await sql`select key from idempotency_keys where key in ('gone', 'kept')`).toEqual([
      { key: 'kept' },
    ]);
  });

  test('the migration copies what was stored before it', async () => {
    const { sql } = world.platform;
    const eventId = randomUUID();
    const answer = answerAt(eventId);
    await sql`alter table idempotency_keys disable trigger user`; // as before the migration
    await storeAsBefore(sql, callOf(eventId, 'earlier'), answer);
    await storeAsBefore(sql, callOf(eventId, 'yesterday'), answer);
    await ageByADay('idempotency_keys', 'yesterday');
    await sql`alter table idempotency_keys enable trigger user`;
    expect(await recall(world.platform.db, callOf(eventId, 'earlier'))).toBeNull();

    const migration = await readFile('drizzle/0014_copy_idempotency_keys.sql', 'utf8');
    await sql.unsafe(migration.split('--> statement-breakpoint')[0]!);
    expect(await recall(world.platform.db, callOf(eventId, 'earlier'))).toEqual({ answer });
    expect(await store(callOf(eventId, 'yesterday'))).toBe(true);
  });
});
