import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

import { startPostgres } from '../src/local-stack/postgres.ts';
import { readOptions } from '../src/platform/cli/read-options.ts';
import { exitWithMessage } from '../src/platform/cli/run-command.ts';
import { migrate } from '../src/platform/db/migrate.ts';

/**
 * `npm run db:dump`: write `drizzle/schema.sql`, the sum of all migrations; with `--check`, fail if it was out of date.
 *
 * Runs the migrations on an empty database and reads enums, tables, constraints, indexes, functions, triggers and publications
 * from the system catalogs. Graphile Worker's schema is excluded, because it has migrations of its own.
 */
const FILE = fileURLToPath(new URL('../drizzle/schema.sql', import.meta.url));

process.exitCode = await exitWithMessage(async () => {
  const { check } = readOptions({
    call: 'npm run db:dump --',
    about: 'Write drizzle/schema.sql, the sum of all migrations.',
    options: { check: { type: 'boolean', default: false, about: 'fail if it was out of date' } },
  });
  const fresh = await dump();
  const committed = check ? await readFile(FILE, 'utf8').catch(() => '') : null;
  if (committed === fresh) return 0;
  await writeFile(FILE, fresh);
  if (!check) return 0;
  process.stdout.write('drizzle/schema.sql was out of date and has been rewritten\n');
  return 1;
});

async function dump(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'onsale-schema-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const server = opened.use(
    await startPostgres({ directory: join(directory, 'postgres'), settings: { fsync: 'off' } }),
  );
  await migrate(server.url);
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  opened.defer(() => sql.end());

  const enums = await sql<{ line: string }[]>`
    select format('create type %I as enum (%s);', t.typname,
      string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
    from pg_type t join pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace
    group by t.typname order by t.typname`;
  const extensions = await sql<{ line: string }[]>`
    select format('create extension %I;', extname) as line from pg_extension where extname <> 'plpgsql' order by extname`;
  const tables = await sql<{ name: string; body: string; options: string | null }[]>`
    select c.relname as name, array_to_string(c.reloptions, ', ') as options,
      (select string_agg(format(E'  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), E',\n' order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
      || coalesce((select E',\n' || string_agg(format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), E',\n' order by k.conname)
        from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'), '') as body
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname`;
  const indexes = await sql<{ line: string }[]>`
    select pg_get_indexdef(i.indexrelid) || ';' as line
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by 1`;
  const functions = await sql<{ line: string }[]>`
    select pg_get_functiondef(p.oid) || ';' as line
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname`;
  const triggers = await sql<{ line: string }[]>`
    select pg_get_triggerdef(t.oid) || ';' as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    order by c.relname, t.tgname`;

  const publications = await sql<{ line: string }[]>`
    select format('create publication %I for table %s with (publish = %L);', p.pubname,
      string_agg(format('%I (%s)', t.tablename, array_to_string(t.attnames, ', ')), ', ' order by t.tablename),
      concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
        case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end)) as line
    from pg_publication p join pg_publication_tables t using (pubname)
    group by p.oid, p.pubname, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate order by p.pubname`;

  return [
    '-- The sum of all migrations; written by `node scripts/dump-schema.ts`. Never edit.',
    ...lines(extensions),
    ...lines(enums),
    ...tables.map(
      ({ name, body, options }) =>
        `create table ${name} (\n${body}\n)${options ? ` with (${options})` : ''};`,
    ),
    ...lines(indexes),
    ...lines(functions),
    ...lines(triggers),
    ...lines(publications),
    '',
  ].join('\n\n');
}

function lines(rows: readonly { line: string }[]): string[] {
  return rows.length === 0 ? [] : [rows.map(({ line }) => line).join('\n')];
}
