import type { FollowOptions, SeatMapUpdateMessage } from '../../src/client/index.ts';

/** Hears an update, and answers what arrives in its place. Null: nothing does. */
export type Tamper = (update: SeatMapUpdateMessage) => SeatMapUpdateMessage | null;

/** Who sits in the line between a client and its connections. */
export interface Interceptor {
  /** The client asks, on a connection of its own; what is answered is sent instead, and hears what comes. */
  onSubscribe(after: string | null, query: string): { query: string; hear: Tamper };
}

interface Operation {
  query: string;
  variables: { after: string | null };
}
interface Result {
  data?: { seatMapChanged: SeatMapUpdateMessage } | null;
}

/** What a client has to be given instead of the global `WebSocket` and `fetch`, so that the ear hears every word. */
export function interceptedTransports(
  ear: Interceptor,
): Required<Pick<FollowOptions, 'webSocket' | 'fetch'>> {
  return {
    webSocket: class extends WebSocket {
      #hear: Tamper = (update) => update;

      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.addEventListener('message', (event) => {
          const message = JSON.parse(String(event.data));
          if (message.type !== 'next') return;
          const payload = tamperWith(message.payload, this.#hear);
          if (payload === null) event.stopImmediatePropagation();
          else Object.defineProperty(event, 'data', { value: JSON.stringify({ ...message, payload }) });
        });
      }

      override send(text: string): void {
        const message = JSON.parse(text);
        if (message.type === 'subscribe') {
          const { query, hear } = intercept(ear, message.payload);
          this.#hear = hear;
          message.payload.query = query;
        }
        super.send(JSON.stringify(message));
      }
    },

    async fetch(url, init) {
      const operation = JSON.parse(init?.body as string) as Operation;
      const { query, hear } = intercept(ear, operation);
      const response = await fetch(url, { ...init, body: JSON.stringify({ ...operation, query }) });
      return response.body === null ? response : new Response(tamperedStream(response.body, hear), response);
    },
  };
}

const intercept = (ear: Interceptor, { query, variables }: Operation) =>
  ear.onSubscribe(variables.after, query);

function tamperWith(result: Result, hear: Tamper): Result | null {
  if (!result.data) return result;
  const seatMapChanged = hear(result.data.seatMapChanged);
  return seatMapChanged && { ...result, data: { seatMapChanged } };
}

const DATA = /^data: (.*)$/m;

/** Nothing is heard before the client reads it: what it never came to read, it was never told. */
function tamperedStream(body: ReadableStream<Uint8Array>, hear: Tamper): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  const heard = (block: string): string => {
    const data = /^event: next$/m.test(block) && DATA.exec(block)?.[1];
    if (!data) return `${block}\n\n`;
    const result = tamperWith(JSON.parse(data), hear);
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
          const text = blocks.map(heard).join('');
          if (text !== '') return controller.enqueue(new TextEncoder().encode(text));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
