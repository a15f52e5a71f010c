/** What a rule looks at besides the statement. */
interface Surroundings {
  /** Tables that this migration creates: empty, and unknown to earlier versions. */
  created: ReadonlySet<string>;
  /** Statements of this migration and of those before it. */
  earlier: readonly string[];
  own: readonly string[];
}

interface Rule {
  name: string;
  reason: string;
  breaks: (statement: string, surroundings: Surroundings) => boolean;
}

const NAME = String.raw`(?:"?public"?\.)?"?(\w+)"?`;
const name = (statement: string, before: string): string | undefined =>
  new RegExp(`^${before}\\s+${NAME}`).exec(statement)?.[1];
const tableOfAlter = (statement: string) => name(statement, String.raw`alter table(?: if exists)?(?: only)?`);
const isNew = (table: string | undefined, { created }: Surroundings) =>
  table !== undefined && created.has(table);

/** Functions that are evaluated for each row, so that a default made of them rewrites the table. */
const VOLATILE =
  /\b(gen_random_uuid|uuid_generate_v\d|uuidv\d|random|clock_timestamp|timeofday|nextval|set_config)\s*\(/;

/** A check of the same column, validated by an earlier migration, makes `set not null` a matter of milliseconds. */
function isKnownNotNull(statement: string, { earlier }: Surroundings): boolean {
  const table = tableOfAlter(statement);
  const column = /alter column "?(\w+)"? set not null/.exec(statement)?.[1];
  const check = new RegExp(
    `add constraint "?(\\w+)"? check ?\\(+(?:"?${table}"?\\.)?"?${column}"? is not null\\)+ not valid`,
  );
  const constraint = earlier
    .filter((text) => tableOfAlter(text) === table)
    .map((text) => check.exec(text)?.[1])
    .findLast((found) => found !== undefined);
  return (
    constraint !== undefined &&
    earlier.some((text) => tableOfAlter(text) === table && validates(text, constraint))
  );
}

const validates = (statement: string, constraint: string) =>
  new RegExp(`validate constraint "?${constraint}"?`).test(statement);

/** In order: the first that applies is reported. The last refuses every form that none of the others knows. */
export const MIGRATION_RULES: readonly Rule[] = [
  {
    name: 'index-not-concurrently',
    reason: 'holds off writers while it runs; write `concurrently`, in a migration of its own',
    breaks: (statement, surroundings) =>
      (/^create (unique )?index (?!concurrently)/.test(statement) &&
        !isNew(/ on (?:only )?(?:"?public"?\.)?"?(\w+)/.exec(statement)?.[1], surroundings)) ||
      /^drop index (?!concurrently)/.test(statement) ||
      /^reindex/.test(statement),
  },
  {
    name: 'mixed-steps',
    reason: 'concurrent and batched steps run outside a transaction: give them a migration of their own',
    breaks: (statement, { own }) => isStepwise(statement) && own.some((other) => !isStepwise(other)),
  },
  {
    name: 'drop-column',
    reason: 'the earlier version reads it; drop it one release after the last one that does',
    breaks: (statement) => /^alter table .*\bdrop (column|attribute)\b/.test(statement),
  },
  {
    name: 'rename',
    reason:
      'the earlier version uses the old name; add the new one beside it, and drop the old one a release later',
    breaks: (statement) => /^alter \w+ .*\brename (to|column|constraint|value|attribute)\b/.test(statement),
  },
  {
    name: 'alter-type',
    reason:
      'rewrites the table under an exclusive lock; add a column, fill it by blocks, change over a release later',
    breaks: (statement) => /^alter table .*\balter column "?\w+"? (set data )?type\b/.test(statement),
  },
  {
    name: 'set-not-null',
    reason:
      'reads the table under an exclusive lock; validate `check (column is not null)` in an earlier migration',
    breaks: (statement, surroundings) =>
      /^alter table .*\bset not null/.test(statement) && !isKnownNotNull(statement, surroundings),
  },
  {
    name: 'not-null-without-default',
    reason: 'inserts of the earlier version fail; add it with a constant default, or nullable',
    breaks: (statement) =>
      /^alter table .*\badd column .*\bnot null\b/.test(statement) && !/\bdefault\b/.test(statement),
  },
  {
    name: 'volatile-default',
    reason: 'rewrites the table under an exclusive lock; add the column without it, then set the default',
    breaks: (statement) =>
      /^alter table .*\badd column\b/.test(statement) &&
      (VOLATILE.test(statement) ||
        /\b(small|big)?serial\b/.test(statement) ||
        /\bgenerated (always|by default) as\b/.test(statement)),
  },
  {
    name: 'constraint-not-valid',
    reason: 'reads the table while writers wait; add it `not valid`, and validate it in a later migration',
    breaks: (statement) =>
      /^alter table .*\badd (constraint "?\w+"? )?(check|foreign key)\b/.test(statement)
        ? !/\bnot valid$/.test(statement)
        : /^alter table .*\badd column .*\b(references|check ?\()/.test(statement),
  },
  {
    name: 'unique-without-index',
    reason:
      'builds an index under an exclusive lock; create it concurrently, then add the constraint `using index`',
    breaks: (statement) =>
      /^alter table .*\badd (constraint "?\w+"? )?(unique|primary key|exclude)\b/.test(statement)
        ? !/\busing index\b/.test(statement)
        : /^alter table .*\badd column .*\b(unique|primary key)\b/.test(statement),
  },
  {
    name: 'validate-with-others',
    reason:
      'reads the table while the locks of the other statements are held; give it a migration of its own',
    breaks: (statement, { own }) =>
      /\bvalidate constraint\b/.test(statement) &&
      own.some((other) => !/\bvalidate constraint\b/.test(other)),
  },
  {
    name: 'drop-object',
    reason: 'the earlier version may use it; drop it one release after the last one that does',
    breaks: (statement) =>
      /^drop (?!index )/.test(statement) ||
      /^alter table .*\bdrop (constraint|default|identity|expression)\b/.test(statement) ||
      /^alter (table .*\balter column .*|publication .*)\bdrop (?!not null)/.test(statement),
  },
  {
    name: 'rows-in-one-transaction',
    reason:
      'holds its row locks until the end; write `-- by blocks of <table>` above it and `:block` into its condition',
    breaks: (statement, surroundings) =>
      (/^(update|delete|merge|with)\b/.test(statement) && !/:block\b/.test(statement)) ||
      (/^insert into\b/.test(statement) &&
        /\bselect\b/.test(statement) &&
        !isNew(name(statement, 'insert into'), surroundings)),
  },
  {
    name: 'rewrite',
    reason: 'rewrites or empties the table under an exclusive lock',
    breaks: (statement) =>
      /^(truncate|cluster|vacuum|lock|refresh materialized view)\b/.test(statement) ||
      /^alter table .*\bset (logged|unlogged|tablespace|access method|without)\b/.test(statement) ||
      /^alter table .*\b(inherit|attach partition|detach partition|cluster on)\b/.test(statement),
  },
  {
    name: 'unknown-form',
    reason:
      'no rule knows that it is safe: state why in an exception, or teach scripts/check/migration-rules.ts',
    breaks: (statement) => !KNOWN_SAFE.some((form) => form.test(statement)),
  },
];

/** Forms that are safe if no rule above refuses them. */
const KNOWN_SAFE: readonly RegExp[] = [
  /^create (unlogged )?table\b/,
  /^create type "?(public"?\.)?"?\w+"? as enum\b/,
  /^create (or replace )?function\b/,
  /^create (or replace )?trigger\b/,
  /^create extension if not exists\b/,
  /^create publication\b/,
  /^create sequence\b/,
  /^create (unique )?index\b/,
  /^drop index concurrently\b/,
  /^comment on\b/,
  /^insert into\b/,
  /^(update|delete)\b.*:block\b/,
  /^alter type\b.*\badd value\b/,
  /^alter publication\b.*\b(add|set) /,
  /^alter table\b.*\badd (column|constraint|check|foreign key|unique)\b/,
  /^alter table\b.*\bvalidate constraint\b/,
  /^alter table\b.*\balter column "?\w+"? (set default|drop not null|set not null|set statistics|set storage|set \()/,
  /^alter table\b.*\b(set|reset) \(/,
  /^alter table\b.*\b(enable|disable) (always |replica )?trigger\b/,
  /^alter table\b.*\breplica identity\b/,
];

/** Whether the migrator executes it outside a transaction. */
const isStepwise = (statement: string) =>
  /^(create (unique )?index|drop index) concurrently\b/.test(statement) || /:block\b/.test(statement);
