import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How often a process that is not our child is looked at; it cannot tell us when it ends. */
const LOOK_EVERY_MS = 25;

/** Signals in the order they are tried, each with how long it may take to work. */
export type StopSignals = readonly (readonly [signal: NodeJS.Signals, withinMs: number])[];

/** Read the command line of a living process; `null` when there is none, or only a zombie that nobody has reaped. */
export async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    // Debian's smallest images have no `ps`
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.replaceAll('\0', ' ').trim() || null;
  }
  const listed = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => null);
  return listed?.stdout.trim() || null;
}

/**
 * Stop a process an earlier run left behind, which is known by `mark` in its command line: a process number
 * alone may have been given to somebody else meanwhile. `false`: it would not go, or is not ours to stop.
 */
export async function stopStaleProcess(pid: number, mark: string, signals: StopSignals): Promise<boolean> {
  const alive = async () => (await commandOf(pid))?.includes(mark) ?? false;
  for (const [signal, withinMs] of signals) {
    try {
      if (await alive()) process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') return false;
    }
    for (const giveUp = Date.now() + withinMs; Date.now() < giveUp; await delay(LOOK_EVERY_MS)) {
      if (!(await alive())) return true;
    }
  }
  return !(await alive());
}
