import type { Finding } from './part.ts';
import { textOf } from './tree.ts';

/** A lock file with registry URLs installs only where that registry is reachable; checksums are sufficient. */
export async function lockFileNamesNoRegistry(): Promise<Finding> {
  const lines = textOf('package-lock.json').split('\n');
  const resolved = lines.flatMap((line, index) =>
    line.includes('"resolved":') ? [`${index + 1}: ${line.trim()}`] : [],
  );
  if (resolved.length === 0) return { problems: null };
  return {
    problems: `${resolved.length} registry URLs, for example:\n${resolved.slice(0, 5).join('\n')}\nTo remove them: npm install --omit-lockfile-registry-resolved`,
  };
}
