import type { FollowOptions, SeatMapUpdateMessage } from '../../src/client/index.ts';

/** Returns the update to deliver in place of one from the server. Null: it is dropped. */
export type Tamper = (update: SeatMapUpdateMessage) => SeatMapUpdateMessage | null;

/** Intercepts the traffic between a client and its connections. */
export interface Interceptor {
  /** Called for each subscription, which has a connection of its own: returns the query to send, and what its updates pass. */
  onSubscribe(after: string | null, query: string): { query: string; tamper: Tamper };
}

interface Operation {
  query: string;
  variables: { after: string | null };
}
interface Result {
  data?: { seatMapChanged: SeatMapUpdateMessage } | null;
}

/** Replacements for a client's `WebSocket` and `fetch` that pass all traffic through the interceptor. */
export function interceptedTransports(
  interceptor: Interceptor,
): Required<Pick<FollowOptions, 'webSocket' | 'fetch'>> {
  return {
    webSocket: class extends WebSocket {
      #tamper: Tamper = (update) => update;

      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.addEventListener('message', (event) => {
          const message = JSON.parse(String(event.data));
          if (message.type !== 'next') return;
          const payload = tamperWith(message.payload, this.#tamper);
          if (payload === null) event.stopImmediatePropagation();
          else Object.defineProperty(event, 'data', { value: JSON.stringify({ ...message, payload }) });
        });
      }

      override send(text: string): void {
        const message = JSON.parse(text);
        if (message.type === 'subscribe') {
          const { query, tamper } = intercept(interceptor, message.payload);
          this.#tamper = tamper;
          message.payload.query = query;
        }
        super.send(JSON.stringify(message));
      }
    },

    async fetch(url, init) {
      const operation = JSON.parse(init?.body as string) as Operation;
      const { query, tamper } = intercept(interceptor, operation);
      const response = await fetch(url, { ...init, body: JSON.stringify({ ...operation, query }) });
      return response.body === null
        ? response
        : new Response(tamperedStream(response.body, tamper), response);
    },
  };
}

const intercept = (interceptor: Interceptor, { query, variables }: Operation) =>
  interceptor.onSubscribe(variables.after, query);

function tamperWith(result: Result, tamper: Tamper): Result | null {
  if (!result.data) return result;
  const seatMapChanged = tamper(result.data.seatMapChanged);
  return seatMapChanged && { ...result, data: { seatMapChanged } };
}

const DATA = /^data: (.*)$/m;

/** Updates pass `tamper` when the client reads them, not before: unread ones do not count as received. */
function tamperedStream(body: ReadableStream<Uint8Array>, tamper: Tamper): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  const tampered = (block: string): string => {
    const data = /^event: next$/m.test(block) && DATA.exec(block)?.[1];
    if (!data) return `${block}\n\n`;
    const result = tamperWith(JSON.parse(data), tamper);
    return result === null ? '' : `${block.replace(DATA, () => `data: ${JSON.stringify(result)}`)}\n\n`;
  };
  return new ReadableStream(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
          rest = blocks.pop()!;
          const text = blocks.map(tampered).join('');
          if (text !== '') return controller.enqueue(new TextEncoder().encode(text));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
