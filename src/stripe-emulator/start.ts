import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { randomId } from './objects.ts';

/** Options of the emulator; absent secrets are generated. */
export interface StripeEmulatorOptions {
  /** 0 or absent: any free port. */
  port?: number | undefined;
  /** Receiver of webhooks; absent: none until the control API sets one. */
  webhookUrl?: string | undefined;
  webhookSecret?: string | undefined;
  secretKey?: string | undefined;
  /** SQLite database that keeps payments, responses and undelivered events across restarts. */
  stateFile?: string | undefined;
}

/** A running emulator; disposing stops its process. */
export interface StripeEmulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  secretKey: string;
  webhookSecret: string;
  pid: number;
}

/** Longer than a graceful shutdown; then SIGKILL. */
const STOP_TIMEOUT_MS = 5_000;

/** Start the Stripe emulator as a child process, and wait until it listens. */
export async function startStripeEmulator(options: StripeEmulatorOptions = {}): Promise<StripeEmulator> {
  const secretKey = options.secretKey ?? `sk_test_${randomId(24)}`;
  const webhookSecret = options.webhookSecret ?? `whsec_${randomId(32)}`;
  const args = [
    `--port=${options.port ?? 0}`,
    `--secret-key=${secretKey}`,
    `--webhook-secret=${webhookSecret}`,
    ...(options.webhookUrl === undefined ? [] : [`--webhook-url=${options.webhookUrl}`]),
    ...(options.stateFile === undefined ? [] : [`--state-file=${options.stateFile}`]),
  ];
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // the IPC channel closes when this process ends
    detached: true, // Ctrl-C reaches the parent only: checkouts in progress need the emulator
  });

  const url = await listeningUrl(child);
  return {
    url,
    port: Number(new URL(url).port),
    secretKey,
    webhookSecret,
    pid: child.pid!,
    [Symbol.asyncDispose]: () => stop(child),
  };
}

/** Wait for the URL that it prints; rejects with its stderr if it exits first. */
async function listeningUrl(child: ChildProcess): Promise<string> {
  let stderr = '';
  const collect = (text: Buffer) => (stderr += text.toString());
  child.stderr!.on('data', collect);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.once('error', reject);
  child.once('close', (code) =>
    reject(new Error(`Stripe emulator did not start (exit code ${code}): ${stderr}`)),
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
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
