import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute path of the project's root. */
export const ROOT = join(import.meta.dirname, '../..');

/** Folders of foreign or generated files. */
const FOREIGN = ['node_modules', '.git', '.data', 'coverage'];

/** Matching paths, relative to the root, with forward slashes, sorted. */
export function pathsOf(...patterns: readonly string[]): string[] {
  const found = globSync(patterns, { cwd: ROOT, exclude: FOREIGN.map((folder) => `${folder}/**`) });
  return found.map((path) => path.replaceAll('\\', '/')).toSorted();
}

/** Text of one file, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Text of each matching file by its path from the root. */
export function textsOf(...patterns: readonly string[]): Map<string, string> {
  return new Map(pathsOf(...patterns).map((path) => [path, textOf(path)]));
}
