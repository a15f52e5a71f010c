import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { ROOT } from '../../scripts/check/tree.ts';

/** Modules that open a connection or start a process. */
const IO_MODULES =
  /^(?:(?:node:)?(?:child_process|cluster|dgram|http|http2|https|net|tls|worker_threads)|(?:pg|pg-pool|pg-logical-replication|postgres|ioredis|graphile-worker|fastify|ws|undici|autocannon|@elastic\/elasticsearch)(?:\/.*)?)$/;

/** Static, re-exported, side-effect and dynamic imports. Excludes `import type`, which is erased before it runs. */
const IMPORT =
  /^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'(?<static>[^']+)'|\bimport\(\s*'(?<dynamic>[^']+)'/gm;

/**
 * Test files that reach no module of IO_MODULES, directly or through their imports: they form the vitest project `unit`.
 * The import graph decides, so a test moves to `integration` in the change that gives it a server.
 */
export function unitTests(
  testFiles: readonly string[] = globSync('test/**/*.test.ts', { cwd: ROOT }),
  read: (file: string) => string = readIfPresent,
): string[] {
  const importsByFile = new Map<string, string[]>();
  const importsOf = (file: string) => {
    const known = importsByFile.get(file);
    if (known) return known;
    const found = [...read(file).matchAll(IMPORT)].map(
      ({ groups }) => groups!['static'] ?? groups!['dynamic']!,
    );
    importsByFile.set(file, found);
    return found;
  };
  const reachesIo = (testFile: string) => {
    const reached = new Set([testFile]);
    for (const file of reached) {
      for (const specifier of importsOf(file)) {
        if (IO_MODULES.test(specifier)) return true;
        if (specifier.startsWith('.') && specifier.endsWith('.ts'))
          reached.add(posix.join(posix.dirname(file), specifier));
      }
    }
    return false;
  };
  return testFiles
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !reachesIo(file))
    .toSorted();
}

/** Import statements in the text fixtures of contract tests name files that do not exist. */
function readIfPresent(file: string): string {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
