import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One statement of a migration, and how it is executed. */
export type Step =
  | { kind: 'statement'; sql: string }
  | { kind: 'create index' | 'drop index'; sql: string; index: string }
  /** An update or delete in many transactions: `:block` in its text becomes a condition on `ctid`. */
  | { kind: 'by blocks'; sql: string; table: string };

/** One file of `drizzle/`. */
export interface Migration {
  tag: string;
  /** Timestamp in the journal, which identifies the migration in the database. */
  when: number;
  hash: string;
  steps: readonly Step[];
  /** Whether all steps and the record of the migration are one transaction; otherwise each step can be repeated. */
  isTransactional: boolean;
}

const CREATE_INDEX =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(?:"?public"?\.)?"?(?<index>\w+)"?\s+on\s/i;
const DROP_INDEX =
  /^drop\s+index\s+concurrently\s+(?:if\s+exists\s+)?(?:"?public"?\.)?"?(?<index>\w+)"?\s*;?$/i;
const BY_BLOCKS = /^--\s*by blocks of "?(?<table>\w+)"?\s*$/im;

/** The placeholder of a block in the text of a step. */
export const BLOCK = /:block\b/g;

/** Read the migrations of a folder in the order of its journal. Throws if one mixes steps that cannot share a transaction. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const { entries } = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: readonly { tag: string; when: number }[];
  };
  return Promise.all(
    entries.map(async ({ tag, when }) =>
      parse(tag, when, await readFile(join(folder, `${tag}.sql`), 'utf8')),
    ),
  );
}

function parse(tag: string, when: number, text: string): Migration {
  const steps = text
    .split('--> statement-breakpoint')
    .map(stepOf)
    .filter((step) => step !== null);
  const isTransactional = steps.every(({ kind }) => kind === 'statement');
  if (!isTransactional && steps.some(({ kind }) => kind === 'statement'))
    throw new Error(`${tag}: concurrent and batched steps need a migration of their own`);
  return { tag, when, hash: createHash('sha256').update(text).digest('hex'), steps, isTransactional };
}

function stepOf(text: string): Step | null {
  const sql = text.trim();
  const withoutComments = text.replaceAll(/^\s*--.*$/gm, '').trim();
  if (withoutComments === '') return null;
  const table = BY_BLOCKS.exec(text)?.groups?.['table'];
  if (table !== undefined) return { kind: 'by blocks', sql, table };
  const created = CREATE_INDEX.exec(withoutComments)?.groups?.['index'];
  if (created !== undefined) return { kind: 'create index', sql, index: created };
  const dropped = DROP_INDEX.exec(withoutComments)?.groups?.['index'];
  if (dropped !== undefined) return { kind: 'drop index', sql, index: dropped };
  return { kind: 'statement', sql };
}
