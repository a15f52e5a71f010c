import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { findElasticsearch, findJava } from '../../src/local-stack/elasticsearch-program.ts';
import { startElasticsearch } from '../../src/local-stack/elasticsearch.ts';
import { AlreadyRunning, PortTaken } from '../../src/local-stack/errors.ts';
import { readCommandLine } from '../../src/local-stack/processes.ts';
import { withElasticsearch } from '../support/elasticsearch.ts';
import { temporaryDirectory } from './directories.ts';

afterEach(() => vi.unstubAllEnvs());

await withElasticsearch(() => {
  test('the server runs as an ordinary user, listens on 127.0.0.1 only, and stops with its launcher', async () => {
    await using directory = await temporaryDirectory();
    const options = { directory: join(directory.path, 'elasticsearch'), isShortLived: true };
    await using server = await startElasticsearch(options);
    await using occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');

    const health = await fetch(`${server.url}/_cluster/health`);
    expect(await health.json()).toMatchObject({ cluster_name: 'onsale', number_of_nodes: 1 });
    expect(await uidOf(server.pid)).not.toBe(0);
    for (const address of publicAddresses()) {
      await expect(fetch(`http://${address}:${server.port}/`)).rejects.toThrow('fetch failed');
    }
    const stray = await fetch(`${server.url}/no-such-index/_doc/1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(stray.status).toBe(404);

    await expect(startElasticsearch(options)).rejects.toThrow(AlreadyRunning);
    const { port } = occupant.address() as AddressInfo;
    const elsewhere = startElasticsearch({ directory: join(directory.path, 'other'), port });
    await expect(elsewhere).rejects.toThrow(PortTaken);

    await server[Symbol.asyncDispose]();
    expect(await readCommandLine(server.pid)).toBeNull();
  }, 300_000);
});

describe('Java', () => {
  test('of JAVA_HOME is taken first, if it is new enough', async () => {
    await using directory = await temporaryDirectory();
    const [old, recent] = [join(directory.path, 'old'), join(directory.path, 'recent')];
    await fakeJava(old, '17.0.9');
    await fakeJava(recent, '25.0.1');
    vi.stubEnv('JAVA_HOME', recent);
    expect(await findJava()).toBe(recent);

    vi.stubEnv('JAVA_HOME', old);
    const found = await findJava().catch((error: Error) => error.message);
    expect(found).not.toBe(old);
  });

  test('a checkout without Elasticsearch says what to run', async () => {
    const missing = await findElasticsearch(join('no', 'such', 'folder')).catch((error: unknown) => error);
    expect(missing).toMatchObject({
      message: expect.stringContaining('is not installed in this checkout') as string,
      remedy: expect.stringMatching(/npm run setup:elasticsearch.*ELASTICSEARCH_URL.*Docker/) as string,
    });
  });
});

async function fakeJava(home: string, version: string): Promise<void> {
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'bin', 'java'), '');
  await writeFile(join(home, 'release'), `IMPLEMENTOR="Test"\nJAVA_VERSION="${version}"\n`);
}

/** Of a process; 1 where there is no /proc, as only root's is refused. */
async function uidOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? 1);
}

const publicAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
