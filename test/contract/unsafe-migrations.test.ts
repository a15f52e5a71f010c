import { describe, expect, test } from 'vitest';

import { MIGRATION_RULES } from '../../scripts/check/migration-rules.ts';
import { statementsOf } from '../../scripts/check/migration-statements.ts';
import { FIRST_CHECKED_MIGRATION, unsafeStatements } from '../../scripts/check/unsafe-migrations.ts';

/** Rules that a migration breaks, after an earlier one. */
function rulesBrokenBy(migration: string, earlier = 'select 1;', number = FIRST_CHECKED_MIGRATION): string[] {
  const files = new Map([
    ['0001_earlier.sql', earlier],
    [`${String(number).padStart(4, '0')}_new.sql`, migration],
  ]);
  return unsafeStatements(files).map((problem) => problem.split(': ')[1]!);
}

/** Each rule with statements that break it; the test below finds a rule without one. */
const UNSAFE: Record<string, string[]> = {
  'index-not-concurrently': [
    'CREATE INDEX "tickets_by_tier" ON "tickets" USING btree ("tier");',
    'create unique index a on public.tickets (tier);',
    'DROP INDEX "events_by_venue";',
    'reindex table tickets;',
  ],
  'mixed-steps': [
    'create index concurrently a on tickets (tier);--> statement-breakpoint\nalter table tickets add column b text;',
    '-- by blocks of tickets\nupdate tickets set a = 1 where :block;--> statement-breakpoint\ncreate table b (a int);',
  ],
  'drop-column': [
    'ALTER TABLE "events" DROP COLUMN "city";',
    'alter table events add column a text, drop column if exists city;',
  ],
  rename: [
    'ALTER TABLE "events" RENAME COLUMN "city" TO "town";',
    'alter table events rename to shows;',
    "alter type ticket_status rename value 'SOLD' to 'GONE';",
    'alter index events_by_city rename to a;',
  ],
  'alter-type': [
    'ALTER TABLE "events" ALTER COLUMN "starts_at" SET DATA TYPE timestamp (3) with time zone;',
    'alter table bookings alter column amount type bigint;',
  ],
  'set-not-null': [
    'ALTER TABLE "events" ALTER COLUMN "city" SET NOT NULL;',
    'alter table events alter column city set not null; -- no check of it is validated',
  ],
  'not-null-without-default': ['ALTER TABLE "events" ADD COLUMN "doors" text NOT NULL;'],
  'volatile-default': [
    'ALTER TABLE "events" ADD COLUMN "code" uuid DEFAULT gen_random_uuid() NOT NULL;',
    'alter table events add column n bigserial;',
    'alter table events add column a text generated always as (name || city) stored;',
    'alter table events add column seen timestamptz default clock_timestamp();',
  ],
  'constraint-not-valid': [
    'ALTER TABLE "events" ADD CONSTRAINT "a" CHECK ("events"."hold_seconds" > 0);',
    'ALTER TABLE "tickets" ADD CONSTRAINT "b" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action;',
    'alter table tickets add check (tier > 0);',
    'alter table tickets add column c uuid references events (id);',
    'alter table tickets add column d integer check (d > 0);',
  ],
  'unique-without-index': [
    'ALTER TABLE "bookings" ADD CONSTRAINT "one" UNIQUE("intent_id");',
    'alter table bookings add primary key (id);',
    'alter table bookings add column code text unique;',
  ],
  'validate-with-others': [
    'alter table events add constraint a check (tier > 0) not valid;\nalter table events validate constraint a;',
  ],
  'drop-object': [
    'drop table events;',
    'drop function a();',
    'drop type ticket_status;',
    'alter table events drop constraint a;',
    'alter table events alter column orphan_rule drop default;',
    'alter publication onsale_realtime drop table tickets;',
  ],
  'rows-in-one-transaction': [
    'update bookings set total = amount;',
    'delete from idempotency_keys;',
    'insert into event_words select name from events;',
    "with a as (select 1) update bookings set amount = 1 where currency = ';';",
  ],
  rewrite: [
    'truncate idempotency_keys;',
    'lock table tickets in exclusive mode;',
    'cluster tickets using tickets_by_tier;',
    'vacuum full tickets;',
    'alter table tickets set unlogged;',
    'alter table tickets attach partition a default;',
  ],
  'unknown-form': [
    'do $$ begin alter table events drop column city; end $$;',
    "select pg_catalog.set_config('search_path', '', false);",
    'alter table events replica_identity;',
  ],
};

test('every rule has a statement that breaks it', () => {
  expect(Object.keys(UNSAFE).toSorted()).toEqual(MIGRATION_RULES.map(({ name }) => name).toSorted());
});

describe.each(Object.entries(UNSAFE))('%s', (rule, statements) => {
  test.each(statements)('%s', (statement) => {
    expect(rulesBrokenBy(statement)).toContain(rule);
    expect(rulesBrokenBy(statement, 'select 1;', FIRST_CHECKED_MIGRATION - 1)).toEqual([]);
  });
});

test.each([
  'CREATE TABLE "check_ins" ("event_id" uuid NOT NULL, "at" timestamp DEFAULT now(), CHECK (true));--> statement-breakpoint\n' +
    'CREATE INDEX "check_ins_by_time" ON "check_ins" USING btree ("at");--> statement-breakpoint\n' +
    'insert into check_ins select id, created_at from events;',
  'CREATE INDEX CONCURRENTLY "tickets_by_tier" ON "tickets" USING btree ("tier");',
  'drop index concurrently if exists events_by_city;',
  'ALTER TABLE "events" ADD COLUMN "doors" timestamp with time zone;',
  `ALTER TABLE "events" ADD COLUMN "orphan_rule" boolean DEFAULT false NOT NULL;`,
  `ALTER TABLE "events" ADD COLUMN "note" text DEFAULT 'drop column; truncate' NOT NULL;`,
  'ALTER TABLE "events" ADD CONSTRAINT "a" CHECK ("events"."hold_seconds" > 0) NOT VALID;',
  'ALTER TABLE "events" VALIDATE CONSTRAINT "a";',
  'alter table bookings add constraint one unique using index bookings_once;',
  'alter table bookings alter column amount drop not null, alter column amount set default 0;',
  'alter table tickets set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);',
  'ALTER TYPE "public"."checkout_step" ADD VALUE \'charging\' BEFORE \'awaiting_payment\';',
  '-- by blocks of bookings\nupdate bookings set total = amount where total is null and :block;',
  'create or replace function a() returns trigger language plpgsql as $$ begin truncate b; return new; end $$;\n' +
    'create trigger a before insert on bookings for each row execute function a();',
  'alter publication onsale_realtime add table bookings (id);',
])('safe: %s', (migration) => {
  expect(rulesBrokenBy(migration)).toEqual([]);
});

test('set not null is safe once a check of the column was validated by an earlier migration', () => {
  const checked = 'ALTER TABLE "events" ADD CONSTRAINT "c" CHECK ("events"."city" is not null) NOT VALID;';
  const setNotNull = 'ALTER TABLE "events" ALTER COLUMN "city" SET NOT NULL;';
  expect(rulesBrokenBy(setNotNull, `${checked}\nalter table events validate constraint c;`)).toEqual([]);
  expect(rulesBrokenBy(setNotNull, checked)).toEqual(['set-not-null']);
  expect(
    rulesBrokenBy(
      setNotNull.replace('city', 'name'),
      `${checked}\nalter table events validate constraint c;`,
    ),
  ).toEqual(['set-not-null']);
});

describe('an exception', () => {
  const drop = 'alter table events drop column city;';
  test('with a reason allows the statement below it', () => {
    expect(rulesBrokenBy(`-- allow drop-column: no release since 0.3 reads it\n${drop}`)).toEqual([]);
    expect(rulesBrokenBy(`-- allow drop-column: no release since 0.3 reads it\n${drop}\n${drop}`)).toEqual([
      'drop-column',
    ]);
  });
  test('without a reason, of another rule, or that is not needed is a problem', () => {
    expect(rulesBrokenBy(`-- allow drop-column:\n${drop}`)).toEqual(['allow drop-column']);
    expect(rulesBrokenBy(`-- allow rename: no release since 0.3 reads it\n${drop}`)).toEqual([
      'drop-column',
      'allow rename',
    ]);
    expect(
      rulesBrokenBy('-- allow rename: no release since 0.3 reads it\nalter table a add column b text;'),
    ).toEqual(['allow rename']);
  });
});

test('statements are split at semicolons outside literals, comments and bodies, and alter table at its actions', () => {
  const texts = statementsOf(`
    -- first; comment
    insert into a values ('x;y'''); /* ; */ alter table t add column a numeric(3, 1), drop column "b";
    create function f() as $body$ begin; end; $body$;`).map(({ text }) => text);
  expect(texts).toEqual([
    "insert into a values ('')",
    'alter table t add column a numeric(3, 1)',
    'alter table t drop column "b"',
    "create function f() as ''",
  ]);
});
