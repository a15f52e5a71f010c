import { MIGRATION_RULES } from './migration-rules.ts';
import { statementsOf, type MigrationStatement } from './migration-statements.ts';

/** Migrations before this number were applied before the rules existed. */
export const FIRST_CHECKED_MIGRATION = 11;

/** An exception, in a line above its statement: `-- allow drop-column: the last release that read it is 0.3`. */
const EXCEPTION = /^--\s*allow (?<rule>[a-z-]+):[ \t]*(?<reason>.*)$/gm;
const MIN_REASON_CHARACTERS = 15;
const MAX_SHOWN_CHARACTERS = 120;

/**
 * Statements that lock out or break an earlier version on the same database, as `file: rule: reason: statement`.
 * `migrations`: all of them, the text by the file's name, which begins with its number.
 */
export function unsafeStatements(migrations: ReadonlyMap<string, string>): string[] {
  const earlier: string[] = [];
  const problems: string[] = [];
  for (const [file, text] of [...migrations].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const statements = statementsOf(text);
    if (Number(/\d{4}/.exec(file)?.[0]) >= FIRST_CHECKED_MIGRATION)
      problems.push(...problemsOf(statements, earlier).map((problem) => `${file}: ${problem}`));
    earlier.push(...statements.map((statement) => statement.text));
  }
  return problems;
}

function problemsOf(statements: readonly MigrationStatement[], earlier: readonly string[]): string[] {
  const own = statements.map(({ text }) => text);
  const created = new Set(own.flatMap((text) => CREATED_TABLE.exec(text)?.groups?.['table'] ?? []));
  const problems: string[] = [];
  const allowed = new Map<string, boolean>();
  for (const { text, comments } of statements) {
    const shown = text.slice(0, MAX_SHOWN_CHARACTERS);
    const exceptions = exceptionsIn(comments);
    for (const [rule, reason] of exceptions) {
      if (reason.length < MIN_REASON_CHARACTERS) problems.push(`allow ${rule}: states no reason: ${shown}`);
      allowed.set(`${rule}: ${comments}`, allowed.get(`${rule}: ${comments}`) ?? false);
    }
    const broken = MIGRATION_RULES.find(({ breaks }) => breaks(text, { created, earlier, own }));
    if (broken === undefined) continue;
    if (exceptions.has(broken.name)) allowed.set(`${broken.name}: ${comments}`, true);
    else problems.push(`${broken.name}: ${broken.reason}: ${shown}`);
  }
  const needless = [...allowed].filter(([, isUsed]) => !isUsed).map(([key]) => key.split(':', 1)[0]!);
  return [...problems, ...needless.map((rule) => `allow ${rule}: no statement needs it`)];
}

const CREATED_TABLE = /^create (?:unlogged )?table (?:if not exists )?(?:"?public"?\.)?"?(?<table>\w+)/;

const exceptionsIn = (comments: string): Map<string, string> =>
  new Map(
    [...comments.matchAll(EXCEPTION)].map(({ groups }) => [groups!['rule']!, groups!['reason']!.trim()]),
  );
