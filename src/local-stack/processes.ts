import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A process that is no child of this one emits no exit event, so its exit is polled. */
const POLL_INTERVAL_MS = 25;

/** Signals in the order of sending, each with the time to wait for the exit before the next one. */
export type StopSignals = readonly (readonly [signal: NodeJS.Signals, timeoutMs: number])[];

/** Command line of a live process; `null` if there is none, or only a zombie. */
export async function readCommandLine(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    // Debian's slim images have no `ps`
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.replaceAll('\0', ' ').trim() || null;
  }
  const listed = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => null);
  return listed?.stdout.trim() || null;
}

/**
 * Stop a process of an earlier run. `marker` in its command line identifies it, as the pid alone may have been reused.
 * Returns `false` if it survives all signals or belongs to another user.
 */
export async function stopStaleProcess(pid: number, marker: string, signals: StopSignals): Promise<boolean> {
  const isAlive = async () => (await readCommandLine(pid))?.includes(marker) ?? false;
  for (const [signal, timeoutMs] of signals) {
    try {
      if (await isAlive()) process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') return false;
    }
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(POLL_INTERVAL_MS)) {
      if (!(await isAlive())) return true;
    }
  }
  return !(await isAlive());
}
