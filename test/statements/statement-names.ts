import { textsOf } from '../../scripts/check/tree.ts';

/** The name in the comment that begins a statement: `booking.lockRows`, and `search.findEvents` before `: plan anew`. */
export const MARKER = /^\s*\/\* ([a-z-]+(?:\.\w+)+)(?:: [a-z ]+)? \*\//;

/** The same anywhere in a source file. */
const MARKERS = /\/\* ([a-z-]+(?:\.\w+)+)(?:: [a-z ]+)? \*\//g;
/** Names that `named` gives to statements built by Drizzle. */
const NAMED = /\bnamed\(\w+, '([a-z-]+(?:\.\w+)+)(?:: [a-z ]+)?'\)/g;

/** Runs once per upgrade, alone; its statements are tested with it. */
const MIGRATOR = /^src\/platform\/db\/(migrate\.ts$|migrations\/(?!migrated))/;

/** Every name of a statement of the servers in `src`, with the files that have it. */
export function namesInSource(): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const [path, text] of textsOf('src/**/*.ts')) {
    if (path === 'src/platform/db/named.ts') continue; // has an example
    if (MIGRATOR.test(path)) continue;
    for (const pattern of [MARKERS, NAMED])
      for (const [, name] of text.matchAll(pattern)) files.set(name!, [...(files.get(name!) ?? []), path]);
  }
  return files;
}

/** Builders of Drizzle and texts of SQL that are sent without a name. */
const UNNAMED = [
  /\b(?:db|tx)\s*\.(?:select|selectDistinct|selectDistinctOn|insert|update|delete|with)\(/g,
  /\bexecute(?:<[^(]*>)?\(\s*sql`(?!\s*(?:\/\* [a-z-]+\.|set ))/g,
];

/** The statements of a source file that have no name. */
export const unnamedIn = (source: string): string[] =>
  UNNAMED.flatMap((pattern) =>
    [...source.matchAll(pattern)]
      .filter(({ index }) => !source.slice(0, index).trimEnd().endsWith('.as(')) // a part of a named statement
      .map(([text]) => text.replace(/\s+/g, ' ')),
  );
