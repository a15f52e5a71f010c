import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Finding } from './part.ts';
import { ROOT } from './tree.ts';

/** A lock file with addresses in it installs only for those who can reach them; the checksums are enough. */
export async function lockFileNamesNoRegistry(): Promise<Finding> {
  const lines = (await readFile(join(ROOT, 'package-lock.json'), 'utf8')).split('\n');
  const resolved = lines.flatMap((line, index) =>
    line.includes('"resolved":') ? [`${index + 1}: ${line.trim()}`] : [],
  );
  if (resolved.length === 0) return { problems: null };
  return {
    problems: `${resolved.length} addresses, for example:\n${resolved.slice(0, 5).join('\n')}\nRemove them: npm install --omit-lockfile-registry-resolved`,
  };
}
