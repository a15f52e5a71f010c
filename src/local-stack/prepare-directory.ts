import { chown, mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Owner } from './run-as.ts';

/**
 * Make the directory with its parents and answer with its real path. What we make as root belongs to the owner, so
 * that a later run without root can use it; what was there before keeps its owner.
 */
export async function prepareDirectory(
  directory: string,
  owner: Owner | null,
  mode = 0o755,
): Promise<string> {
  const firstMade = await mkdir(directory, { recursive: true, mode });
  const real = await realpath(directory);
  if (owner && firstMade) {
    const notMade = dirname(await realpath(firstMade));
    for (let made = real; made !== notMade; made = dirname(made)) await chown(made, owner.uid, owner.gid);
  }
  return real;
}
