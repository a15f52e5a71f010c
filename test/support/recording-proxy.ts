import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that was passed on, and its answer. */
export interface Passed {
  method: string;
  path: string;
  body: string;
  /** Version of the API that the client asks for. */
  version: string | null;
  status: number;
  answer: any;
}

/** A proxy in front of a server that answers JSON; keeps what it passes on. */
export async function startRecordingProxy(
  target: string,
): Promise<AsyncDisposable & { url: string; passed: Passed[] }> {
  const passed: Passed[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url: path = '/', headers } = request;
      const body = await text(request);
      const { authorization, 'content-type': type, 'stripe-version': version } = headers;
      const answer = await fetch(new URL(path, target), {
        method,
        headers: {
          ...(authorization !== undefined && { authorization }),
          ...(type !== undefined && { 'content-type': type }),
          ...(version !== undefined && { 'stripe-version': String(version) }),
        },
        ...(body !== '' && { body }),
      });
      const json = await answer.text();
      passed.push({
        ...{ method, path, body, status: answer.status, answer: JSON.parse(json) },
        version: version === undefined ? null : String(version),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(json);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
