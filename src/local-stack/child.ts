import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { ChildFailed } from './errors.ts';
import type { StopSignals } from './processes.ts';
import type { WrappedCommand } from './run-as.ts';

/** A program to run beside us, and how to tell that it is ready and how to stop it. */
export interface Program extends WrappedCommand {
  /** For messages. */
  name: string;
  /** Its whole environment; by default ours. */
  env?: Record<string, string>;
  /** What it reads; by default nothing. */
  stdinFile?: string;
  /** Where its output goes. A file and not a pipe: a busy reader never holds it up, and it may outlive us. */
  logFile: string;
  /** Tell whether it answers. Asked again until it does, or has ended. */
  isReady(pid: number): Promise<boolean>;
  readyWithinMs: number;
  /** Tried in this order; the last should be one that nothing resists. */
  stopSignals: StopSignals;
  /** Told when the program ends without having been asked to. */
  log?: ((line: string) => void) | undefined;
}

/** A program that is ready; disposing of it stops it and waits until it has ended. */
export interface Child extends AsyncDisposable {
  pid: number;
}

/** How often an unready program is asked again. */
const READY_POLL_MS = 20;
/** As many lines as fit a terminal beside the message. */
const MAX_LOG_LINES = 15;

/**
 * Start a program and wait until it is ready; if it does not get there it is stopped and ChildFailed thrown.
 *
 * It leads a session of its own, so Ctrl-C in our terminal does not reach it: we stop it, when we are done with it.
 */
export async function startChild(program: Program): Promise<Child> {
  await rename(program.logFile, `${program.logFile}.1`).catch(() => {}); // the run before may be worth reading
  const output = await open(program.logFile, 'w', 0o644);
  const input = program.stdinFile ? await open(program.stdinFile, 'r') : null;
  const { command, args, env, uid, gid } = program;
  const child = spawn(command, args, {
    detached: true,
    stdio: [input?.fd ?? 'ignore', output.fd, output.fd],
    ...(env && { env }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  let ended = null as string | null;
  const exited = once(child, 'exit').then(
    ([code, signal]) => (ended = signal ? `was ended by ${signal}` : `ended with code ${code}`),
    (error: Error) => (ended = `could not be started (${error.message})`),
  );
  await Promise.all([output.close(), input?.close()]);

  const endedWithin = (ms: number) => {
    const timer = new AbortController();
    const patience = delay(ms, undefined, { signal: timer.signal }).catch(() => {});
    return Promise.race([exited, patience]).finally(() => timer.abort());
  };
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopWith(program.stopSignals));
  async function stopWith(signals: StopSignals): Promise<void> {
    for (const [signal, withinMs] of signals) {
      if (ended !== null) return;
      child.kill(signal);
      await endedWithin(withinMs);
    }
  }
  const failed = async (reason: string) => {
    const lines = await readFile(program.logFile, 'utf8').catch(() => '');
    const lastLines = lines.trimEnd().split('\n').slice(-MAX_LOG_LINES).join('\n');
    return new ChildFailed(program.name, reason, program.logFile, lastLines);
  };

  if (child.pid === undefined) await exited; // no such program
  const giveUpAt = Date.now() + program.readyWithinMs;
  while (ended === null && !(await program.isReady(child.pid!))) {
    if (Date.now() > giveUpAt) {
      await stop();
      throw await failed(`was not ready within ${program.readyWithinMs / 1000} seconds`);
    }
    await endedWithin(READY_POLL_MS);
  }
  if (ended !== null) throw await failed(ended);

  void exited.then((how) => {
    if (!stopping)
      program.log?.(`${program.name} ${how} without being asked to; its log is ${program.logFile}`);
  });
  return { pid: child.pid!, [Symbol.asyncDispose]: stop };
}
