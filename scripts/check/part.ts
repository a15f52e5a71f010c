import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { ROOT, textOf } from './tree.ts';

export interface Finding {
  /** Output to print on failure; `null` on success. */
  problems: string | null;
  /** Printed beside the result, on success and on failure. */
  note?: string;
}

/** One line of the report. */
export interface Part {
  name: string;
  check: () => Promise<Finding>;
}

/** Project tools first, so that the check does not depend on the PATH of the shell. */
const PATH = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter);

const { scripts } = JSON.parse(textOf('package.json')) as {
  scripts: Record<string, string>;
};

/** Run a script of package.json without npm, which takes 0.3 s to start. Its output is the problem if it fails. */
export async function runScript(name: string, ...args: readonly string[]): Promise<Finding> {
  const command = scripts[name];
  if (command === undefined) throw new Error(`package.json has no script ${name}`);
  return run('sh', ['-c', `${command} "$@"`, name, ...args]);
}

/** Run a program in the root of the repository. Its output is the problem if it fails or cannot be started. */
export async function run(program: string, args: readonly string[]): Promise<Finding> {
  const { failure, output } = await outputOf(program, args);
  return { problems: failure === null ? null : output.trim() || failure };
}

/** Run a program in the root of the repository. `failure` is its exit code or signal, `null` on success. */
export function outputOf(
  program: string,
  args: readonly string[],
): Promise<{ failure: string | null; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH };
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ failure: `${program}: ${error.message}`, output }));
    child.on('close', (code, signal) =>
      resolve({ failure: code === 0 ? null : `${program} exited with ${code ?? signal}`, output }),
    );
  });
}
