import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { ROOT } from './tree.ts';

/** What a part found: `problems` null if nothing is wrong, else what to print. */
export interface Finding {
  problems: string | null;
  /** Said beside the result, either way. */
  note?: string;
}

/** One line of the report. */
export interface Part {
  name: string;
  check: () => Promise<Finding>;
}

/** The project's own tools come first, so that the check works under any shell. */
const PATH = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter);

/** Run a program in the project's root; its output is the problem if it fails or cannot be started. */
export async function run(program: string, args: readonly string[]): Promise<Finding> {
  const { failed, output } = await outputOf(program, args);
  return { problems: failed === null ? null : output.trim() || failed };
}

/** Run a program in the project's root. `failed` says how it ended, unless it ended well. */
export function outputOf(
  program: string,
  args: readonly string[],
): Promise<{ failed: string | null; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH };
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ failed: `${program}: ${error.message}`, output }));
    child.on('close', (code, signal) =>
      resolve({ failed: code === 0 ? null : `${program} ended with ${code ?? signal}`, output }),
    );
  });
}
