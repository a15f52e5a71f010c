import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** What a program of the bench can be asked to do: all it is given and answers is plain data. */
export type Calls<Program> = { [Name in keyof Program]: (...given: never[]) => Promise<unknown> };

/** A program of the bench in a process of its own. */
export interface Running<Program extends Calls<Program>> extends AsyncDisposable {
  pid: number;
  call<Name extends keyof Program & string>(
    name: Name,
    ...given: Parameters<Program[Name]>
  ): Promise<Awaited<ReturnType<Program[Name]>>>;
}

interface Question {
  name: string;
  given: never[];
}
type Answer = { value: unknown } | { error: string };

/** Start a program that serves calls; one call at a time. */
export function openProgram<Program extends Calls<Program>>(
  file: string,
  options: { execArgv?: string[]; env?: NodeJS.ProcessEnv } = {},
): Running<Program> {
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...options });
  const ended = once(child, 'exit').then(([code]) => ({ error: `${file} ended with ${code}` }));
  return {
    pid: child.pid!,
    async call(name, ...given) {
      const answered = once(child, 'message').then(([answer]) => answer as Answer);
      child.send({ name, given } satisfies Question);
      const answer = await Promise.race([answered, ended]);
      if ('error' in answer) throw new Error(`${file}, ${name}: ${answer.error}`);
      return answer.value as never;
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** Be such a program, until whoever started it lets go. */
export function serveCalls<Program extends Calls<Program>>(program: Program): void {
  process.on('message', ({ name, given }: Question) => {
    program[name as keyof Program](...given).then(
      (value) => process.send?.({ value } satisfies Answer),
      (error: Error) => process.send?.({ error: error.stack ?? error.message } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** Linux counts processor time in hundredths of a second, whatever the kernel was built with. */
const TICKS_PER_SECOND = 100;

/** The processor time that a process has used so far, in seconds; NaN where there is no /proc. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Milliseconds of a clock that all processes of a machine share. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
