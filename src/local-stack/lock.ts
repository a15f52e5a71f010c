import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { AlreadyRunning } from './errors.ts';
import type { Owner } from './run-as.ts';

/** SQLite's "another process holds the lock". */
const SQLITE_BUSY = 5;

/**
 * Take a directory for this process alone, or throw AlreadyRunning.
 *
 * The lock is SQLite's on an empty file, because that is a lock of the kernel: it ends with the process,
 * however that ends, so there is no stale lock to judge by a process number that may be somebody else's by now.
 */
export async function lockDirectory(
  directory: string,
  what: string,
  owner: Owner | null,
): Promise<AsyncDisposable> {
  const [lockFile, holderFile] = [join(directory, 'lock'), join(directory, 'lock.holder')];
  const lock = new DatabaseSync(lockFile);
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    const holder = Number(await readFile(holderFile, 'utf8').catch(() => ''));
    throw new AlreadyRunning(what, directory, holder > 0 ? holder : null);
  }
  try {
    await writeFile(holderFile, `${process.pid}\n`);
    if (owner) for (const file of [lockFile, holderFile]) await chown(file, owner.uid, owner.gid);
  } catch (error) {
    lock.close();
    throw error;
  }
  return { [Symbol.asyncDispose]: async () => lock.close() };
}
