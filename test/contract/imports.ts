import { posix } from 'node:path';
import ts from 'typescript';

/** Folders of `src`, lowest first. A folder imports from itself and from folders before it. */
const ORDER = [
  'client',
  'platform',
  'catalog',
  'search',
  'waiting-room',
  'booking',
  'payments',
  'delivery',
  'seat-map',
  'realtime',
  'app',
  'bin',
];

/** These have no door: platform is a shelf, app and bin are only looked into from above. */
const OPEN = ['platform', 'app', 'bin'];

/** Types only, erased before anything runs: it may name what it likes, and everybody may name it. */
const EXEMPT = 'generated';

/**
 * Imports that leave the order: uphill, past another capability's `index.ts`, out of `src`, or in a folder nobody
 * placed. `files` is path from the root → text.
 */
export function strayImports(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) => {
    const from = folderOf(file);
    if (from === EXEMPT) return [];
    if (!ORDER.includes(from)) return [`${file}: ${from} has no place in the order`];
    return importsOf(text).flatMap((specifier) => {
      if (!specifier.startsWith('.')) return [];
      const target = posix.join(posix.dirname(file), specifier);
      const problem = problemOf(from, target);
      return problem === null ? [] : [`${file} -> ${target}: ${problem}`];
    });
  });
}

function problemOf(from: string, target: string): string | null {
  if (!target.startsWith('src/')) return 'out of src';
  const to = folderOf(target);
  if (to === from || to === EXEMPT) return null;
  if (!ORDER.includes(to)) return `${to} has no place in the order`;
  if (ORDER.indexOf(to) > ORDER.indexOf(from)) return 'uphill';
  if (!OPEN.includes(to) && target !== `src/${to}/index.ts`) return 'past the door';
  return null;
}

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** Every specifier, as the compiler reads it: static, type-only, re-exported and dynamic. */
function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}
