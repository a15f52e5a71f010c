import { chown, mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Owner } from './run-as.ts';

/**
 * Create the directory with its parents and return its real path. Directories created as root are given to the owner, so
 * that a later run without root can use them; existing ones keep theirs.
 */
export async function prepareDirectory(
  directory: string,
  owner: Owner | null,
  mode = 0o755,
): Promise<string> {
  const topCreated = await mkdir(directory, { recursive: true, mode });
  const resolved = await realpath(directory);
  if (owner && topCreated) {
    const existing = dirname(await realpath(topCreated));
    for (let path = resolved; path !== existing; path = dirname(path))
      await chown(path, owner.uid, owner.gid);
  }
  return resolved;
}
