import { readdir, readFile } from 'node:fs/promises';

/** /proc counts processor time in hundredths of a second on every Linux, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;

/** Return the processor time (user and system) of one process so far, in seconds; NaN without /proc. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Return the processor time of a process and its running descendants so far, in seconds; NaN without /proc. */
export async function cpuSecondsOfTree(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const children = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const pids = children.flatMap((line) => line.split(' ').filter(Boolean).map(Number));
  const seconds = await Promise.all([cpuSeconds(pid), ...pids.map(cpuSecondsOfTree)]);
  return seconds.reduce((sum, one) => sum + one, 0);
}

/** Milliseconds of the monotonic clock that all processes of a machine share. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
