import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startLocalStack } from '../../src/local-stack/index.ts';
import { freePort } from '../../src/local-stack/ports.ts';
import { openDevelopmentIssuer } from '../../src/platform/auth/development-issuer.ts';
import { startStripeEmulator } from '../../src/stripe-emulator/index.ts';
import { sendQuery, stopChild, waitUntilReady } from '../stack.ts';

/** Onsale as it is deployed, on this machine: api processes and a worker over one Postgres, one Redis and one payment provider. */
export interface ArenaStack extends AsyncDisposable {
  apis: readonly string[];
  databaseUrl: string;
  redisUrl: string;
  issuerFile: string;
  /** Process ids by name. */
  pids: ReadonlyMap<string, number>;
  /** Run one GraphQL operation as an administrator; throws on errors. */
  query(query: string, variables?: object): Promise<any>;
}

/**
 * All limits keep their defaults: people come from addresses of their own, as `x-forwarded-for` says, which the loopback proxy is
 * trusted for. The challenge has its lowest difficulty.
 */
const SETTINGS = {
  NODE_ENV: 'development',
  TRUST_PROXY: 'loopback',
  WAITING_ROOM_CHALLENGE_ATTEMPTS: '1',
  LOG_LEVEL: 'error',
};
const ONSALE = join(import.meta.dirname, '../../src/bin/onsale.ts');
const UNBOUNDED_WORKER = join(import.meta.dirname, 'worker.ts');

/** Start it in a temporary directory. */
export async function openArenaStack(options: {
  apis: number;
  isStockBounded: boolean;
}): Promise<ArenaStack> {
  await using opening = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'onsale-arena-'));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  const stores = opening.use(await startLocalStack({ directory: join(directory, 'stores') }));
  if (stores.redisUrl === null) throw new Error('the arena needs a Redis server on this machine');
  const ports = await Promise.all(Array.from({ length: options.apis + 1 }, freePort));
  const apis = ports.slice(1).map((port) => `http://127.0.0.1:${port}`);
  const emulator = opening.use(await startStripeEmulator({ webhookUrl: `${apis[0]}/webhooks/stripe` }));
  const pids = new Map([['payment provider', emulator.pid]]);
  const start = async (name: string, port: number, file: string, args: string[]) => {
    const child = fork(file, args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        ...SETTINGS,
        PORT: String(port),
        DATA_DIRECTORY: directory,
        DATABASE_URL: stores.databaseUrl!,
        REDIS_URL: stores.redisUrl!,
        STRIPE_SECRET_KEY: emulator.secretKey,
        STRIPE_WEBHOOK_SECRET: emulator.webhookSecret,
        STRIPE_API_URL: emulator.url,
      },
    });
    opening.defer(() => stopChild(child));
    pids.set(name, child.pid!);
    await waitUntilReady(`http://127.0.0.1:${port}`, child);
  };
  for (const [index] of apis.entries())
    await start(`api ${index + 1}`, ports[index + 1]!, ONSALE, ['--role', 'api']);
  if (options.isStockBounded) await start('worker', ports[0]!, ONSALE, ['--role', 'worker']);
  else await start('worker', ports[0]!, UNBOUNDED_WORKER, []);

  const issuerFile = join(directory, 'development-issuer.json');
  const issuer = await openDevelopmentIssuer(issuerFile);
  const admin = await issuer.sign({ sub: 'arena-admin', roles: ['ADMIN', 'ORGANISER', 'FAN'] });
  const owned = opening.move();
  return {
    ...{ apis, databaseUrl: stores.databaseUrl!, redisUrl: stores.redisUrl, issuerFile, pids },
    query: (query, variables = {}) => sendQuery(apis[0]!, admin, query, variables),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
