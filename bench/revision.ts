import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');

/** Another revision of the repository in a directory of its own, with packages; disposing of it removes it. */
export interface CheckedOutRevision extends AsyncDisposable {
  directory: string;
  /** Abbreviated hash of the commit. */
  commit: string;
}

/** Check out a revision into a temporary git worktree. */
export async function checkOutRevision(revision: string): Promise<CheckedOutRevision> {
  const commit = await git('rev-parse', '--short', '--verify', `${revision}^{commit}`);
  await using opening = new AsyncDisposableStack();
  const parent = await mkdtemp(join(tmpdir(), 'onsale-revision-'));
  opening.defer(() => rm(parent, { recursive: true, force: true }));
  const directory = join(parent, commit);
  opening.defer(async () => void (await git('worktree', 'prune')));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  await git('worktree', 'add', '--detach', directory, commit);
  await installPackages(directory);
  const owned = opening.move();
  return { directory, commit, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Return the abbreviated hash of HEAD, with `+` if files differ from it. */
export async function currentCommit(): Promise<string> {
  const changed = await git('status', '--porcelain', '--untracked-files=no');
  return `${await git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : '+'}`;
}

async function git(...args: string[]): Promise<string> {
  return (await run('git', args, { cwd: ROOT })).stdout.trim();
}

/** A server needs no development packages, so a link is sufficient if the others have the same versions. */
async function installPackages(directory: string): Promise<void> {
  const [ours, theirs] = await Promise.all([runtimePackages(ROOT), runtimePackages(directory)]);
  if (ours === theirs) await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  else await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: directory, maxBuffer: 2 ** 26 });
}

async function runtimePackages(directory: string): Promise<string> {
  const { packages } = JSON.parse(await readFile(join(directory, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean }>;
  };
  const versions = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version }]) => `${path} ${version}`);
  return versions.toSorted().join('\n');
}
