import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { AlreadyRunning } from './errors.ts';
import type { Owner } from './run-as.ts';

/** SQLite's error code for a lock that another process holds. */
const SQLITE_BUSY = 5;

/**
 * Lock a directory for this process, or throw AlreadyRunning.
 *
 * SQLite takes a kernel lock on an empty file, which the kernel releases on any exit, SIGKILL included: no stale lock has
 * to be detected by a pid that another process may have by now.
 */
export async function lockDirectory(
  directory: string,
  service: string,
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
    throw new AlreadyRunning(service, directory, holder > 0 ? holder : null);
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
