import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

import { ROOT } from '../../scripts/check/tree.ts';

/** What a program wrote and how it ended. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A running program. */
export interface Running {
  pid: number;
  /** Resolves with the output so far, once it matches; rejects if the program ends before. */
  says(pattern: RegExp): Promise<string>;
  /** The output so far. */
  said(): string;
  /** Resolves when it has ended. */
  ended: Promise<Ended>;
  /** Send a signal and wait for the end. */
  stop(signal: NodeJS.Signals): Promise<Ended>;
}

/** Start a program of the project, or of another revision of it in `directory`, without the environment of the shell that runs the tests. */
export function start(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
  directory: string = ROOT,
): Running {
  const child = spawn(program, args, {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(([code]: unknown[]): Ended => ({
    code: code as number | null,
    out,
    err,
  }));

  return {
    pid: child.pid!,
    ended,
    said: () => out,
    async says(pattern) {
      const heard = new Promise<string>((resolve) => {
        const listen = () => {
          if (!pattern.test(out)) return;
          child.stdout.off('data', listen);
          resolve(out);
        };
        child.stdout.on('data', listen);
        listen();
      });
      const early = ended.then(({ code }) => {
        throw new Error(`ended with ${code} before it said ${pattern}:\n${out}\n${err}`);
      });
      return Promise.race([heard, early]);
    },
    async stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Run a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Ended> {
  return start(program, args, environment).ended;
}

/** The command lines of processes that mention a directory: whatever runs on it. */
export async function processesOn(directory: string): Promise<string[]> {
  const lines = existsSync('/proc/self')
    ? await commandLines()
    : (await run('ps', ['-axo', 'command'], {})).out.split('\n');
  return lines.filter((line) => line.includes(directory));
}

async function commandLines(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')); // it may just have ended
  return (await Promise.all(read)).map((line) => line.replaceAll('\0', ' '));
}

/** Whether a program is installed. */
export async function isInstalled(program: string): Promise<boolean> {
  return (await run('sh', ['-c', `command -v ${program}`], {})).code === 0;
}
