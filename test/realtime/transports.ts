import { once } from 'node:events';
import { parseStreamData } from 'graphql-sse';
import { WebSocket } from 'ws';

/** Default subscription of these tests. */
export const SUBSCRIPTION = `
  subscription ($event: ID!, $after: String) {
    seatMapChanged(event: $event, after: $after) {
      __typename
      ... on SeatMap { epoch sequence cursor available sections { firstPlace statuses } }
      ... on SeatMapDelta { epoch fromSequence sequence cursor places statuses available }
    }
  }`;

/** A client's subscription, and what it receives. */
export interface TestSubscriber {
  /** The next result: `{ data, errors }`. */
  next(): Promise<any>;
  /** The bytes of every result so far, without the envelope of the transport. */
  bytes: string[];
  /** Resolves when the connection has ended. */
  ended: Promise<Ended>;
  close(): void;
}

/** End of a connection: close code or HTTP status, reason or `complete`, retry hint. */
export interface Ended {
  code: number;
  reason: string;
  retryMs?: number;
}

interface SubscribeRequest {
  query?: string;
  variables?: object;
  token?: string;
  origin?: string;
  /** As a trusted proxy reports it. */
  address?: string;
  /** Passes of waiting rooms. */
  admission?: string;
}

/** Client side of a transport. */
export interface Transport {
  name: string;
  subscribe(url: string, asking: SubscribeRequest): Promise<TestSubscriber>;
}

/** An unbounded queue with an asynchronous take. */
export class AsyncQueue<T> {
  #waiters: ((item: T) => void)[] = [];
  #items: T[] = [];
  push(item: T): void {
    const waiter = this.#waiters.shift();
    if (waiter) waiter(item);
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

/** Resolves when the socket has closed, with code and reason. */
export async function closeOf(socket: WebSocket): Promise<Ended> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  const retry = /retry after (\d+) ms/.exec(reason.toString());
  return { code, reason: reason.toString(), ...(retry && { retryMs: Number(retry[1]) }) };
}

const FRAME = /^\{"id":"[^"]+","type":"next","payload":(.*)\}$/s;

/** A minimal client of `graphql-transport-ws`. */
export const overWebSocket: Transport = {
  name: 'WebSocket',
  async subscribe(url, { query = SUBSCRIPTION, variables = {}, token, origin, address, admission }) {
    const socket = openSocket(url, {
      ...(origin && { origin }),
      ...(address && { 'x-forwarded-for': address }),
    });
    const results = new AsyncQueue<any>();
    const bytes: string[] = [];
    const ended = closeOf(socket);
    const acknowledged = Promise.withResolvers<void>();
    ended.then(() => acknowledged.resolve()).catch(() => {}); // refused before the acknowledgement
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
        payload: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(admission !== undefined && { 'onsale-admission': admission }),
        },
      }),
    );
    await acknowledged.promise;
    socket.send(JSON.stringify({ id: 'one', type: 'subscribe', payload: { query, variables } }));
    return { next: () => results.take(), bytes, ended, close: () => socket.close(1000) };
  },
};

/** A minimal client of `graphql-sse`. */
export const overSse: Transport = {
  name: 'SSE',
  async subscribe(url, { query = SUBSCRIPTION, variables = {}, token, origin, address, admission }) {
    const stop = new AbortController();
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(origin && { origin }),
        ...(address && { 'x-forwarded-for': address }),
        ...(admission !== undefined && { 'onsale-admission': admission }),
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
      ended: read().catch(() => ({ code: 0, reason: 'connection lost' })),
      close: () => stop.abort(),
    };
  },
};
