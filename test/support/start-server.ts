import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { CrashPoint } from '../../src/payments/index.ts';
import type { CheckoutServerOptions } from './checkout-server.ts';
import type { CheckoutWorld } from './checkout-world.ts';
import { ISSUER_FILE } from './world.ts';

/** A server in a process of its own, beside that of a world; disposing kills it. */
export interface ServerProcess extends AsyncDisposable {
  url: string;
  /** Resolves when it is gone: exit code or signal. */
  exited: Promise<[number | null, string | null]>;
  /** Kill it as `kill -9` does, and wait until it is gone. */
  kill(): Promise<void>;
}

/** Start one on the world's database, and wait until it listens. It kills itself at a point of a checkout, if there is one. */
export async function startServer(
  { databaseUrl, emulator }: Pick<CheckoutWorld, 'databaseUrl' | 'emulator'>,
  killAt: CrashPoint | null,
): Promise<ServerProcess> {
  const options: CheckoutServerOptions = {
    databaseUrl,
    stripe: {
      secretKey: emulator.secretKey,
      webhookSecret: emulator.webhookSecret,
      apiUrl: emulator.url,
    },
    issuerFile: ISSUER_FILE,
    killAt,
  };
  const script = fileURLToPath(new URL('./checkout-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('listening ')) {
      return { url: line.slice('listening '.length), exited, kill, [Symbol.asyncDispose]: kill };
    }
  }
  throw new Error('the server did not start');
}
