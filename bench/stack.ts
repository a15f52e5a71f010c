import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startLocalStack } from '../src/local-stack/index.ts';
import { freePort } from '../src/local-stack/ports.ts';
import { openDevelopmentIssuer } from '../src/platform/auth/development-issuer.ts';
import type { Role } from '../src/platform/auth/viewer.ts';

/** A server under test in its own process, with a Postgres and a Redis of its own. */
export interface BenchStack extends AsyncDisposable {
  url: string;
  databaseUrl: string;
  redisUrl: string;
  /** Null unless it was asked for. */
  elasticsearchUrl: string | null;
  /** Process id of the server. */
  pid: number;
  /** Source tree of the server. */
  tree: string;
  /** Start another api process on the same stores; disposing of the stack stops it. Settings that are undefined are left out. */
  startApi(name: string, settings?: NodeJS.ProcessEnv): Promise<{ url: string; pid: number }>;
  /** Environment for another server on the same stores; its files are stored under this name. */
  environment(name: string): NodeJS.ProcessEnv;
  token(sub: string, role: Role): Promise<string>;
  /** Run one GraphQL operation as an administrator; throws on errors. */
  query(query: string, variables?: object): Promise<any>;
}

/** Of all keys in Redis, by default. */
export const REDIS_PREFIX = 'onsale:';

/** High enough for no limit to affect a measurement. */
const UNLIMITED = '1000000000';

const ROOT = join(import.meta.dirname, '..');

/**
 * Start the stores and a server in a temporary directory; Postgres flushes to disk, as in production. With `workerApart`
 * the server has the role `api` alone, and a second process the role `worker`. `tree` is the source tree of the server.
 * With `elasticsearch` the server searches there; throws if it is not set up.
 */
export async function openBenchStack({
  workerApart = false,
  tree = ROOT,
  elasticsearch = false,
} = {}): Promise<BenchStack> {
  await using opening = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'onsale-bench-'));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  const stores = opening.use(await startLocalStack({ directory: join(directory, 'stores'), elasticsearch }));
  const { elasticsearchUrl } = stores;
  const environment = (name: string) => ({
    ...process.env,
    NODE_ENV: 'development',
    PORT: '0',
    DATA_DIRECTORY: join(directory, name),
    DATABASE_URL: stores.databaseUrl!,
    ...(stores.redisUrl === null ? {} : { REDIS_URL: stores.redisUrl }),
    ...(elasticsearchUrl !== null && { ELASTICSEARCH_URL: elasticsearchUrl }),
    LIMIT_REQUESTS_PER_MINUTE: UNLIMITED,
    LIMIT_RESERVATIONS_PER_MINUTE: UNLIMITED,
    LIMIT_SOCKETS_PER_ADDRESS: UNLIMITED,
    SOCKET_PING_SECONDS: '300', // the baselines send no pings
    LOG_LEVEL: 'warn',
  });
  const servers = opening.use(new AsyncDisposableStack());
  const start = async (name: string, args: string[], settings: NodeJS.ProcessEnv = {}) => {
    const port = await freePort();
    const child = fork(join(tree, 'src/bin/onsale.ts'), args, {
      cwd: tree,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...environment(name), ...settings, PORT: String(port) },
    });
    servers.defer(() => stopChild(child));
    const url = `http://127.0.0.1:${port}`;
    await waitUntilReady(url, child);
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
    redisUrl: stores.redisUrl!,
    elasticsearchUrl,
    pid,
    tree,
    environment,
    startApi: (name, settings) => start(name, ['--role', 'api'], settings),
    token: (sub, role) => issuer.sign({ sub, roles: [role] }),
    query: (query, variables = {}) => sendQuery(url, admin, query, variables),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Start one of `bench/servers/`, configured by a message; it replies with its address. */
export async function openBaseline(
  file: string,
  message: object,
): Promise<{ url: string } & AsyncDisposable> {
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(message);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url, [Symbol.asyncDispose]: () => stopChild(child) };
}

/** End a process that was started here, and wait for it. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Wait until a server that was just started serves requests; throws if it exits instead. */
export async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error(`the server exited with ${server.exitCode ?? server.signalCode} before it was ready`);
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Run one GraphQL operation; throws on errors. */
export async function sendQuery(url: string, token: string, query: string, variables: object): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: any; errors?: unknown };
  if (errors) throw new Error(`the query failed: ${JSON.stringify(errors)}`);
  return data;
}
