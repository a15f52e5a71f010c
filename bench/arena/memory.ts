import { readFile } from 'node:fs/promises';

/** Read the peak resident memory of processes, in MB; NaN without /proc. */
export async function peakMemory(
  pids: readonly (readonly [name: string, pid: number])[],
): Promise<Map<string, number>> {
  const memory = new Map<string, number>();
  for (const [name, pid] of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    memory.set(name, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1_024));
  }
  return memory;
}
