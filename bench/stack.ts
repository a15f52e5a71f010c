import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startLocalStack } from '../src/local-stack/index.ts';
import { freePort } from '../src/local-stack/ports.ts';
import { openDevelopmentIssuer } from '../src/platform/auth/development-issuer.ts';
import type { Role } from '../src/platform/auth/viewer.ts';

/** A server under test in a process of its own, with a Postgres and a Redis that only it uses. */
export interface BenchStack extends AsyncDisposable {
  url: string;
  databaseUrl: string;
  /** The server's process. */
  pid: number;
  /** What a server beside it is started with; it keeps its own files under this name. */
  environment(name: string): NodeJS.ProcessEnv;
  token(sub: string, role: Role): Promise<string>;
  /** Run one GraphQL operation as an administrator; throws on errors. */
  ask(query: string, variables?: object): Promise<any>;
}

/** High enough that no limit is what is measured. */
const UNLIMITED = '1000000000';

/**
 * Start it all in a directory that is thrown away; Postgres writes through to the disk, as in production. With
 * `workerApart` the server under test does nothing but answer, and a process beside it the work nobody waits for.
 */
export async function openBenchStack({ workerApart = false } = {}): Promise<BenchStack> {
  await using opening = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'onsale-bench-'));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  const stores = opening.use(await startLocalStack({ directory: join(directory, 'stores') }));
  const environment = (name: string) => ({
    ...process.env,
    NODE_ENV: 'development',
    PORT: '0',
    DATA_DIRECTORY: join(directory, name),
    DATABASE_URL: stores.databaseUrl!,
    ...(stores.redisUrl === null ? {} : { REDIS_URL: stores.redisUrl }),
    LIMIT_REQUESTS_PER_MINUTE: UNLIMITED,
    LIMIT_RESERVATIONS_PER_MINUTE: UNLIMITED,
    LIMIT_SOCKETS_PER_ADDRESS: UNLIMITED,
    SOCKET_PING_SECONDS: '300', // the servers beside it do not ping
    LOG_LEVEL: 'warn',
  });
  const start = async (name: string, roles: string[]) => {
    const port = await freePort();
    const child = fork('src/bin/onsale.ts', roles, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...environment(name), PORT: String(port) },
    });
    opening.defer(() => stop(child));
    const url = `http://127.0.0.1:${port}`;
    await ready(url, child);
    return { url, pid: child.pid! };
  };
  const { url, pid } = await start('server', workerApart ? ['--role', 'api'] : []);
  if (workerApart) await start('worker', ['--role', 'worker']);

  const issuer = await openDevelopmentIssuer(join(directory, 'server', 'development-issuer.json'));
  const admin = await issuer.sign({ sub: 'bench-admin', roles: ['ADMIN', 'ORGANISER', 'FAN'] });
  const owned = opening.move();
  return {
    url,
    databaseUrl: stores.databaseUrl!,
    pid,
    environment,
    token: (sub, role) => issuer.sign({ sub, roles: [role] }),
    ask: (query, variables = {}) => ask(url, admin, query, variables),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Start one of `bench/servers/` with a message, and wait for the address it answers with. */
export async function openBaseline(
  file: string,
  message: object,
): Promise<{ url: string } & AsyncDisposable> {
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(message);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url, [Symbol.asyncDispose]: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null)
      throw new Error(`the server ended with ${server.exitCode} before it was ready`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 50));
  }
}

async function ask(url: string, token: string, query: string, variables: object): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: any; errors?: unknown };
  if (errors) throw new Error(`the server answered with errors: ${JSON.stringify(errors)}`);
  return data;
}
