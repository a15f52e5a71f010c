import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { randomName } from './objects.ts';

/** How to start the emulator; what is absent is chosen at random, or left out. */
export interface StripeEmulatorOptions {
  /** 0 or absent: any free port. */
  port?: number | undefined;
  /** Where to send webhooks; absent: nowhere, until the control endpoint says otherwise. */
  webhookUrl?: string | undefined;
  webhookSecret?: string | undefined;
  secretKey?: string | undefined;
  /** Keeps payments, answers and undelivered events over restarts (an SQLite database). */
  stateFile?: string | undefined;
}

/** A running emulator: what a client needs to use it, and the handle that stops it. */
export interface StripeEmulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  secretKey: string;
  webhookSecret: string;
  pid: number;
}

/** Longer than any orderly stop takes; after that it is killed. */
const STOP_WITHIN_MS = 5_000;

/** Start the Stripe emulator as a process of its own, and wait until it listens. */
export async function startStripeEmulator(options: StripeEmulatorOptions = {}): Promise<StripeEmulator> {
  const secretKey = options.secretKey ?? `sk_test_${randomName(24)}`;
  const webhookSecret = options.webhookSecret ?? `whsec_${randomName(32)}`;
  const args = [
    `--port=${options.port ?? 0}`,
    `--secret-key=${secretKey}`,
    `--webhook-secret=${webhookSecret}`,
    ...(options.webhookUrl === undefined ? [] : [`--webhook-url=${options.webhookUrl}`]),
    ...(options.stateFile === undefined ? [] : [`--state-file=${options.stateFile}`]),
  ];
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // the channel is how it learns that we are gone
    detached: true, // Ctrl-C in a terminal must reach us alone: checkouts under way still need it
  });

  const url = await firstAddress(child);
  return {
    url,
    port: Number(new URL(url).port),
    secretKey,
    webhookSecret,
    pid: child.pid!,
    [Symbol.asyncDispose]: () => stop(child),
  };
}

/** The address it prints; rejects with what it complained of when it ends before that. */
async function firstAddress(child: ChildProcess): Promise<string> {
  let complaints = '';
  const collect = (text: Buffer) => (complaints += text.toString());
  child.stderr!.on('data', collect);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.once('error', reject);
  child.once('close', (code) =>
    reject(new Error(`The Stripe emulator did not start (${code}): ${complaints}`)),
  );
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('listening ')) resolve(line.slice('listening '.length));
  });
  const url = await promise;
  child.stderr!.off('data', collect).pipe(process.stderr, { end: false });
  return url;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}
