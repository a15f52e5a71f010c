import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server answers a request: not at all, with an error, with a refusal, or with no hits. */
type Behaviour = 'hang' | 'fail' | 'refuse' | 'answer';

/** A server that speaks as much of Elasticsearch as searches need, for faults that the real one has by chance. */
export interface FakeServer extends AsyncDisposable {
  url: string;
  behaviour: Behaviour;
  /** Searches that it has received. */
  searches: number;
  /** How many of the first ones are answered after `COLD_MS`. */
  coldSearches: number;
}

/** More than the timeout of requests, as the first searches of a server take that has just started. */
const COLD_MS = 700;

const HEADERS = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
const REFUSAL = {
  error: { root_cause: [{ type: 'query_shard_exception', reason: 'of "secret words"' }] },
  status: 400,
};
const NO_HITS = { timed_out: false, hits: { total: { value: 0, relation: 'eq' }, hits: [] } };

/** Start one that answers. */
export async function fakeServer(): Promise<FakeServer> {
  const server = createServer((request, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      fake.searches++;
      if (fake.behaviour === 'hang') return;
      if (fake.behaviour === 'fail') return void response.writeHead(503, HEADERS).end('{}');
      if (fake.behaviour === 'refuse')
        return void response.writeHead(400, HEADERS).end(JSON.stringify(REFUSAL));
      const isMulti = request.url?.includes('_msearch') ?? false;
      const searches = body.split('\n').filter((line) => line !== '').length / 2;
      const answer = isMulti
        ? { responses: Array.from({ length: searches }, () => ({ ...NO_HITS, status: 200 })) }
        : NO_HITS;
      const delayMs = fake.searches <= fake.coldSearches ? COLD_MS : 0;
      setTimeout(() => response.writeHead(200, HEADERS).end(JSON.stringify(answer)), delayMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const fake: FakeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behaviour: 'answer',
    searches: 0,
    coldSearches: 0,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return fake;
}
