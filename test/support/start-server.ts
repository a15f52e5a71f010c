import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ROOT } from '../../scripts/check/tree.ts';
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

/** A process that loads the program, which takes seconds, and serves nothing before it is told to. */
export interface SpareServer extends Omit<ServerProcess, 'url'> {
  /** Make it a server on a world's database; call it once. */
  serve(world: Pick<CheckoutWorld, 'databaseUrl' | 'emulator'>, what: Served): void;
  /** Resolves with its URL; rejects if it is gone before it listens. */
  listening(): Promise<string>;
  isGone(): boolean;
}

/** Compiled modules: without them loading takes 2.8 s of processor time, with them 1.6 s. */
const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/test-servers');

/** See `CheckoutServerOptions`. */
type Served = Pick<CheckoutServerOptions, 'roles' | 'killAt'> &
  Partial<Pick<CheckoutServerOptions, 'killOnly'>>;

/** Start a process that will be a server. */
export function spareServer(): SpareServer {
  const script = fileURLToPath(new URL('./checkout-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    serve({ databaseUrl, emulator }, { roles, killAt, killOnly = null }) {
      const { secretKey, webhookSecret, url: apiUrl } = emulator;
      const options: CheckoutServerOptions = {
        databaseUrl,
        stripe: { secretKey, webhookSecret, apiUrl },
        issuerFile: ISSUER_FILE,
        ...{ roles, killAt, killOnly },
      };
      child.send(options);
    },
    async listening() {
      const gone = exited.then(() => null);
      const answer = await Promise.race([once(child, 'message') as Promise<[{ url: string }]>, gone]);
      if (answer === null) throw new Error('the server did not start');
      return answer[0].url;
    },
    isGone: () => child.exitCode !== null || child.signalCode !== null,
    exited,
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

/** Start one on the world's database, and wait until it listens. It kills itself at a point of a checkout, if there is one. */
export async function startServer(
  world: Pick<CheckoutWorld, 'databaseUrl' | 'emulator'>,
  killAt: CrashPoint | null,
): Promise<ServerProcess> {
  const server = spareServer();
  server.serve(world, { roles: ['api', 'worker'], killAt });
  return { ...server, url: await server.listening() };
}
