import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename } from 'node:fs/promises';

import { settlesWithin } from '../platform/settles-within.ts';
import { ChildFailed } from './errors.ts';
import type { StopSignals } from './processes.ts';
import type { WrappedCommand } from './run-as.ts';

/** Takes what a person should know; a warning is about something that does not work from then on. */
export type LogLine = (line: string, level?: 'info' | 'warn') => void;

/** A child process of the local stack: its command, readiness probe and stop signals. */
export interface Program extends WrappedCommand {
  /** Used in messages. */
  name: string;
  /** Complete environment; defaults to that of this process. */
  env?: Record<string, string>;
  /** Standard input; none by default. */
  stdinFile?: string;
  /** Output goes to a file: a pipe would block the child while its reader is busy, and break when this process dies. */
  logFile: string;
  /** Readiness probe; polled until it returns true or the child exits. */
  isReady(pid: number): Promise<boolean>;
  readyTimeoutMs: number;
  /** Sent in this order; the last should be SIGKILL. */
  stopSignals: StopSignals;
  /** Receives one warning if the child exits unexpectedly: it is not started again. */
  log?: LogLine | undefined;
}

/** A ready child process; disposing stops it and waits for its exit. */
export interface Child extends AsyncDisposable {
  pid: number;
}

const READY_POLL_INTERVAL_MS = 20;
/** Fits a terminal of 24 lines together with the message. */
const MAX_LOG_LINES = 15;

/**
 * Start a program and wait until it is ready; after the timeout it is stopped and ChildFailed thrown.
 *
 * It leads its own session, so that Ctrl-C in the terminal reaches only the parent, which drains before it stops the child.
 */
export async function startChild(program: Program): Promise<Child> {
  await rename(program.logFile, `${program.logFile}.1`).catch(() => {}); // keeps the previous run's log
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
  let exitReason = null as string | null;
  const exited = once(child, 'exit').then(
    ([code, signal]) => (exitReason = signal ? `was killed by ${signal}` : `exited with code ${code}`),
    (error: Error) => (exitReason = `could not be started (${error.message})`),
  );
  await Promise.all([output.close(), input?.close()]);

  const waitForExit = (timeoutMs: number) => settlesWithin(exited, timeoutMs);
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopWith(program.stopSignals));
  async function stopWith(signals: StopSignals): Promise<void> {
    for (const [signal, timeoutMs] of signals) {
      if (exitReason !== null) return;
      child.kill(signal);
      await waitForExit(timeoutMs);
    }
  }
  const failure = async (reason: string) => {
    const lines = await readFile(program.logFile, 'utf8').catch(() => '');
    const lastLines = lines.trimEnd().split('\n').slice(-MAX_LOG_LINES).join('\n');
    return new ChildFailed(program.name, reason, program.logFile, lastLines);
  };

  if (child.pid === undefined) await exited; // command not found
  const deadline = Date.now() + program.readyTimeoutMs;
  while (exitReason === null && !(await program.isReady(child.pid!))) {
    if (Date.now() > deadline) {
      await stop();
      throw await failure(`was not ready within ${program.readyTimeoutMs / 1000} seconds`);
    }
    await waitForExit(READY_POLL_INTERVAL_MS);
  }
  if (exitReason !== null) throw await failure(exitReason);

  void exited.then((reason) => {
    if (stopping) return;
    program.log?.(
      `${program.name} ${reason} unexpectedly, and is not started again; log file: ${program.logFile}`,
      'warn',
    );
  });
  return { pid: child.pid!, [Symbol.asyncDispose]: stop };
}
