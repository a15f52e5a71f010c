import { once } from 'node:events';
import { parseStreamData } from 'graphql-sse';
import { WebSocket } from 'ws';

/** What a follower asks for in these tests, where it matters to nobody in particular. */
export const SUBSCRIPTION = `
  subscription ($event: ID!, $after: String) {
    seatMapChanged(event: $event, after: $after) {
      __typename
      ... on SeatMap { epoch sequence cursor available sections { firstPlace statuses } }
      ... on SeatMapDelta { epoch fromSequence sequence cursor places statuses available }
    }
  }`;

/** What one follower hears. */
export interface TestSubscriber {
  /** The next result: `{ data, errors }`. */
  next(): Promise<any>;
  /** The bytes of every result so far, without what is particular to the transport or the subscription. */
  bytes: string[];
  /** Resolves when nothing more can come, with what was said about it. */
  ended: Promise<Ended>;
  close(): void;
}

/** How it ended: a close code or an HTTP status, the reason or `complete`, a retry hint. */
export interface Ended {
  code: number;
  reason: string;
  retryMs?: number;
}

/** How to ask. */
interface SubscribeRequest {
  query?: string;
  variables?: object;
  token?: string;
  origin?: string;
}

/** A transport, as a test sees it. */
export interface Transport {
  name: string;
  subscribe(url: string, asking: SubscribeRequest): Promise<TestSubscriber>;
}

/** Things that come one by one, and are taken one by one. */
export class AsyncQueue<T> {
  #waiters: ((item: T) => void)[] = [];
  #items: T[] = [];
  push(item: T): void {
    const taker = this.#waiters.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }
  take(): Promise<T> {
    if (this.#items.length > 0) return Promise.resolve(this.#items.shift()!);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
}

/** Open a raw WebSocket to the API. */
export function openSocket(url: string, headers: Record<string, string> = {}): WebSocket {
  return new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers,
    perMessageDeflate: false,
  });
}

/** Resolves when the socket has closed, with what was said. */
export async function closeOf(socket: WebSocket): Promise<Ended> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  const retry = /retry after (\d+) ms/.exec(reason.toString());
  return { code, reason: reason.toString(), ...(retry && { retryMs: Number(retry[1]) }) };
}

const FRAME = /^\{"id":"[^"]+","type":"next","payload":(.*)\}$/s;

/** `graphql-transport-ws`, spoken by hand. */
export const overWebSocket: Transport = {
  name: 'WebSocket',
  async subscribe(url, { query = SUBSCRIPTION, variables = {}, token, origin }) {
    const socket = openSocket(url, origin ? { origin } : {});
    const results = new AsyncQueue<any>();
    const bytes: string[] = [];
    const ended = closeOf(socket);
    const acknowledged = Promise.withResolvers<void>();
    ended.then(() => acknowledged.resolve()).catch(() => {}); // refused before it was asked anything
    socket.on('message', (data) => {
      const text = (data as Buffer).toString();
      const message = JSON.parse(text);
      if (message.type === 'connection_ack') acknowledged.resolve();
      if (message.type === 'next') {
        bytes.push(FRAME.exec(text)![1]!);
        results.push(message.payload);
      }
      if (message.type === 'error') {
        results.push({ data: null, errors: message.payload });
        socket.close(1000);
      }
    });
    await once(socket, 'open');
    socket.send(
      JSON.stringify({
        type: 'connection_init',
        ...(token && { payload: { authorization: `Bearer ${token}` } }),
      }),
    );
    await acknowledged.promise;
    socket.send(JSON.stringify({ id: 'one', type: 'subscribe', payload: { query, variables } }));
    return { next: () => results.take(), bytes, ended, close: () => socket.close(1000) };
  },
};

/** `graphql-sse`, spoken by hand. */
export const overSse: Transport = {
  name: 'SSE',
  async subscribe(url, { query = SUBSCRIPTION, variables = {}, token, origin }) {
    const stop = new AbortController();
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(origin && { origin }),
      },
      body: JSON.stringify({ query, variables }),
      signal: stop.signal,
    });
    const results = new AsyncQueue<any>();
    const bytes: string[] = [];
    const read = async (): Promise<Ended> => {
      if (response.status !== 200) return { code: response.status, reason: await response.text() };
      const ended: Ended = { code: 200, reason: '' };
      let rest = '';
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
          if (field('event') === 'complete') ended.reason = 'complete';
          if (field('retry')) ended.retryMs = Number(field('retry'));
          if (field('event') !== 'next') continue;
          bytes.push(field('data')!);
          results.push(parseStreamData('next', field('data')!));
        }
      }
      return ended;
    };
    return {
      next: () => results.take(),
      bytes,
      ended: read().catch(() => ({ code: 0, reason: 'cut off' })),
      close: () => stop.abort(),
    };
  },
};
