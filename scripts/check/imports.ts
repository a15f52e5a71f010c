import { posix } from 'node:path';
import ts from 'typescript';

import {
  EXEMPT_FOLDER,
  FOLDERS,
  GENERATED_FILE,
  LARGE_FOLDERS,
  MAX_FILES_PER_FOLDER,
  OPEN_FOLDERS,
  UNITS,
} from './import-order.ts';
import type { Finding } from './part.ts';
import { pathsOf, textsOf } from './tree.ts';

/** Text of each file by its path from the project's root. */
export type Tree = ReadonlyMap<string, string>;

/** `npm run check`: import order, import circles and folder sizes of `src`. */
export async function importsAreInOrder(): Promise<Finding> {
  const tree = textsOf('src/**/*.ts');
  const files = pathsOf('src/**/*.*');
  const problems = [
    ...strayImports(tree),
    ...importCircles(tree),
    ...largeFolders(files),
    ...unknownFiles(files),
  ];
  return { problems: problems.length === 0 ? null : problems.join('\n') };
}

/**
 * Imports against the order: upward between folders or between sub-folders of a capability, past another capability's
 * `index.ts`, out of `src`, or from or to a folder or sub-folder without a place in the order.
 */
export function strayImports(tree: Tree): string[] {
  return [...tree].flatMap(([file, text]) => {
    const from = folderOf(file);
    if (from === EXEMPT_FOLDER) return [];
    const unplaced = placeProblem(file);
    if (unplaced !== null) return [`${file}: ${unplaced}`];
    return targetsOf(file, text).flatMap((target) => {
      const problem = importProblem(file, target);
      return problem === null ? [] : [`${file} -> ${target}: ${problem}`];
    });
  });
}

/** Import circles, type-only imports included, each as its files in import order. */
export function importCircles(tree: Tree): string[] {
  const targets = new Map<string, string[]>();
  for (const [file, text] of tree) {
    if (folderOf(file) !== EXEMPT_FOLDER) targets.set(file, targetsOf(file, text));
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start !== -1) circles.push(`import circle: ${[...path.slice(start), file].join(' -> ')}`);
    if (start !== -1 || done.has(file)) return;
    path.push(file);
    for (const target of targets.get(file) ?? []) if (targets.has(target)) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of targets.keys()) visit(file);
  return circles;
}

/** Folders of `src` with more files directly in them than `MAX_FILES_PER_FOLDER`. `files`: paths of any kind of file. */
export function largeFolders(files: readonly string[]): string[] {
  const counts = Map.groupBy(files, (file) => posix.dirname(file));
  return [...counts].flatMap(([folder, { length }]) =>
    length > MAX_FILES_PER_FOLDER && !LARGE_FOLDERS.includes(folder)
      ? [`${folder}: ${length} files, at most ${MAX_FILES_PER_FOLDER}`]
      : [],
  );
}

/** Files that no check reads: another extension than `.ts` and `.lua`, or written by hand in `src/generated`. */
export function unknownFiles(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    if (folderOf(file) === EXEMPT_FOLDER)
      return file === GENERATED_FILE ? [] : [`${file}: only ${GENERATED_FILE} is generated`];
    return /\.(ts|lua)$/.test(file) ? [] : [`${file}: src holds .ts and .lua files alone`];
  });
}

function placeProblem(file: string): string | null {
  const folder = folderOf(file);
  if (!FOLDERS.includes(folder)) return `${folder} has no place in the order`;
  const units = UNITS[folder];
  if (units === undefined || units.includes(unitOf(file))) return null;
  return `${folder}/${unitOf(file)} has no place in the order`;
}

function importProblem(file: string, target: string): string | null {
  if (!target.startsWith('src/')) return 'out of src';
  const [from, to] = [folderOf(file), folderOf(target)];
  if (to === EXEMPT_FOLDER) return null;
  const unplaced = placeProblem(target);
  if (unplaced !== null) return unplaced;
  if (to !== from) {
    if (FOLDERS.indexOf(to) > FOLDERS.indexOf(from)) return 'upward import';
    return OPEN_FOLDERS.includes(to) || target === `src/${to}/index.ts` ? null : 'past the door';
  }
  const units = UNITS[from];
  if (units === undefined) return null;
  return units.indexOf(unitOf(target)) > units.indexOf(unitOf(file)) ? 'upward import' : null;
}

/** `src/booking/store/holds.ts` → `booking`. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** `src/booking/store/holds.ts` → `store`; `src/booking/tables.ts` → `tables`. */
function unitOf(path: string): string {
  return (path.split('/')[2] ?? '').replace(/\.ts$/, '');
}

/** Relative imports of a file as paths from the root: static, type-only, re-exported and dynamic. */
function targetsOf(file: string, text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) =>
    fileName.startsWith('.') ? [posix.join(posix.dirname(file), fileName)] : [],
  );
}
