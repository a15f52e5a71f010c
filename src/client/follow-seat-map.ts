import { Backoff, sleep } from './backoff.ts';
import type { Connect } from './connection.ts';
import { ConnectionLost, FollowRefused, toClientError } from './errors.ts';
import { SEAT_MAP_CHANGED, type ResultMessage } from './messages.ts';
import { overSse } from './over-sse.ts';
import { overWebSocket } from './over-websocket.ts';
import { SeatMapKeeper, type SeatMapState } from './seat-map-state.ts';

/** Transport of a subscription. */
export type TransportName = 'websocket' | 'sse';

/** Options of `followSeatMap`. */
export interface FollowOptions {
  /** Base URL of the API, e.g. `https://tickets.example.org`. */
  url: string;
  /** The Event's global id. */
  event: string;
  /** Default: WebSocket. */
  transport?: TransportName;
  /**
   * For Events that are not public: a token, or a function that returns a fresh one for each connection. The server ends a
   * connection when its token expires, so a fixed token ends the loop then. An exception of the function is retried like a
   * lost connection, unless it is a FollowRefused.
   */
  token?: string | (() => string | Promise<string>);
  /** Ends the loop. */
  signal?: AbortSignal;
  /** Called after each lost connection, with the delay before the reconnect. */
  onLost?: (lost: ConnectionLost, retryInMs: number) => void;
  /** Heartbeat timeout; must exceed the server's ping interval. Default: 75 s. */
  silenceMs?: number;
  /** Implementations for runtimes where they are not global. */
  webSocket?: typeof WebSocket;
  fetch?: typeof fetch;
  /** Random source of the backoff. */
  random?: () => number;
}

const DEFAULT_SILENCE_MS = 75_000;
const TRANSPORTS: Record<TransportName, Connect> = { websocket: overWebSocket, sse: overSse };

/**
 * Subscribe to the seat map of an Event for as long as the loop lasts:
 *
 * ```ts
 * for await (const map of followSeatMap({ url, event })) paint(map);
 * ```
 *
 * The first state is the whole map, each further one the map after changes. It reconnects with backoff and recovers from
 * gaps by itself. Changes are coalesced for a slow loop: it gets fewer states, not older ones. Throws FollowRefused for a
 * permanent refusal.
 */
export async function* followSeatMap(options: FollowOptions): AsyncGenerator<SeatMapState, void, void> {
  const keeper = new SeatMapKeeper();
  const ending = new AbortController();
  const end = () => ending.abort();
  if (options.signal?.aborted) return;
  options.signal?.addEventListener('abort', end);

  let failure: Error | undefined;
  let fresh = false;
  let wake = () => {};
  const notify = () => wake();
  const running = reconnectLoop(options, keeper, ending.signal, () => {
    fresh = true;
    notify();
  })
    .catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
    })
    .finally(() => {
      end();
      notify();
    });

  try {
    for (;;) {
      if (!fresh && !ending.signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      if (failure !== undefined) throw failure;
      if (ending.signal.aborted) return;
      fresh = false;
      const state = keeper.take();
      if (state) yield state;
    }
  } finally {
    end();
    options.signal?.removeEventListener('abort', end);
    await running;
  }
}

/** Reconnect until aborted, each time with the cursor of the map. */
async function reconnectLoop(
  options: FollowOptions,
  keeper: SeatMapKeeper,
  signal: AbortSignal,
  onChange: () => void,
): Promise<void> {
  const connect = TRANSPORTS[options.transport ?? 'websocket'];
  const backoff = new Backoff(options.random);
  let after: string | null = null;
  while (!signal.aborted) {
    const connection = new AbortController();
    let problem: FollowRefused | ConnectionLost | null = null;
    let gap = false;
    const onResult = (result: ResultMessage) => {
      if (connection.signal.aborted) return;
      if (result.errors?.length || !result.data) problem = toClientError(result.errors ?? []);
      else {
        gap = keeper.apply(result.data.seatMapChanged) === 'gap';
        if (!gap) {
          backoff.reset();
          return onChange();
        }
      }
      connection.abort();
    };
    const lost = await resolveToken(options, signal)
      .then((token) =>
        connect({
          url: options.url.replace(/\/$/, ''),
          query: SEAT_MAP_CHANGED,
          variables: { event: options.event, after },
          token,
          onResult,
          signal: AbortSignal.any([signal, connection.signal]),
          silenceMs: options.silenceMs ?? DEFAULT_SILENCE_MS,
          webSocket: options.webSocket ?? globalThis.WebSocket,
          fetch: options.fetch ?? globalThis.fetch,
        }),
      )
      .then(
        () => problem ?? new ConnectionLost('delta missing: starting over from a whole map'),
        (error: unknown) => error,
      );
    if (signal.aborted) return;
    if (!(lost instanceof ConnectionLost)) throw lost;
    after = gap ? null : keeper.cursor;
    const wait = backoff.next(lost.retryAfterMs);
    options.onLost?.(lost, wait);
    await sleep(wait, signal);
  }
}

/** Get the token, unless `signal` is aborted first. */
async function resolveToken({ token }: FollowOptions, signal: AbortSignal): Promise<string | null> {
  if (typeof token !== 'function') return token ?? null;
  const ended = Promise.withResolvers<null>();
  const stop = () => ended.resolve(null);
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([token(), ended.promise]);
  } catch (error) {
    if (error instanceof FollowRefused) throw error;
    throw new ConnectionLost(`token unavailable: ${String(error)}`, null, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
