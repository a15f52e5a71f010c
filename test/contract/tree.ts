import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the project is. */
export const ROOT = join(import.meta.dirname, '../..');

/** Folders that hold what others wrote. */
const FOREIGN = ['node_modules', '.git', '.data', 'coverage'];

/** Paths that match, from the root, with forward slashes, sorted. */
export function pathsOf(...patterns: readonly string[]): string[] {
  const found = globSync(patterns, { cwd: ROOT, exclude: FOREIGN.map((folder) => `${folder}/**`) });
  return found.map((path) => path.replaceAll('\\', '/')).toSorted();
}

/** Text of one file, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Files that match, as path → text. */
export function textsOf(...patterns: readonly string[]): Map<string, string> {
  return new Map(pathsOf(...patterns).map((path) => [path, textOf(path)]));
}
