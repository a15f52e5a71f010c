import { Backoff, sleep } from './backoff.ts';
import type { Connect } from './connection.ts';
import { ConnectionLost, FollowRefused, toClientError } from './errors.ts';
import type { ResultMessage } from './messages.ts';
import { overSse } from './over-sse.ts';
import { overWebSocket } from './over-websocket.ts';

/** Transport of a subscription. */
export type TransportName = 'websocket' | 'sse';

/** Options of `followSeatMap` and `followQueue`. */
export interface FollowOptions {
  /** Base URL of the API, e.g. `https://tickets.example.org`. */
  url: string;
  /** The Event's global id. */
  event: string;
  /** Default: WebSocket. */
  transport?: TransportName;
  /**
   * Access token: of a viewer who waits, and for Events that are not public. A string, or a function that returns a fresh one for each connection. The server ends a
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

/** Effect of a result. `gap`: one is missing, so connect again. `last`: nothing follows. */
type Applied = 'applied' | 'gap' | 'last';

/** A subscription, and the state that its results add up to. */
interface Followed<State> {
  query: string;
  /** Variables of the next connection. */
  variables(): Record<string, unknown>;
  apply(data: NonNullable<ResultMessage['data']>): Applied;
  /** The state after the results so far. Null: there is none yet. */
  take(): State | null;
}

/** States of a subscription for as long as the loop lasts: reconnects with backoff, and coalesces states for a slow loop. */
export async function* follow<State>(
  options: FollowOptions,
  followed: Followed<State>,
): AsyncGenerator<State, void, void> {
  const ending = new AbortController();
  const end = () => ending.abort();
  if (options.signal?.aborted) return;
  options.signal?.addEventListener('abort', end);

  let failure: Error | undefined;
  let fresh = false;
  let isLast = false;
  let wake = () => {};
  const notify = () => wake();
  const running = reconnectLoop(options, followed, ending.signal, (applied) => {
    fresh = true;
    isLast = applied === 'last';
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
      if (options.signal?.aborted || (ending.signal.aborted && !isLast)) return;
      fresh = false;
      const ends = isLast;
      const state = followed.take();
      if (state) yield state;
      if (ends) return;
    }
  } finally {
    end();
    options.signal?.removeEventListener('abort', end);
    await running;
  }
}

/** Reconnect until aborted, or until the last result. */
async function reconnectLoop(
  options: FollowOptions,
  followed: Followed<unknown>,
  signal: AbortSignal,
  onChange: (applied: Applied) => void,
): Promise<void> {
  const connect = TRANSPORTS[options.transport ?? 'websocket'];
  const backoff = new Backoff(options.random);
  while (!signal.aborted) {
    const connection = new AbortController();
    let problem: FollowRefused | ConnectionLost | null = null;
    let applied = 'applied' as Applied;
    const onResult = (result: ResultMessage) => {
      if (connection.signal.aborted) return;
      if (result.errors?.length || !result.data) problem = toClientError(result.errors ?? []);
      else {
        applied = followed.apply(result.data);
        if (applied !== 'gap') {
          backoff.reset();
          onChange(applied);
          if (applied === 'applied') return;
        }
      }
      connection.abort();
    };
    const lost = await resolveToken(options, signal)
      .then((token) =>
        connect({
          url: options.url.replace(/\/$/, ''),
          query: followed.query,
          variables: followed.variables(),
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
    if (signal.aborted || applied === 'last') return;
    if (!(lost instanceof ConnectionLost)) throw lost;
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
