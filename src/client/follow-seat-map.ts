import { Backoff, sleep } from './backoff.ts';
import type { Connect } from './connection.ts';
import { ConnectionLost, FollowRefused, toClientError } from './errors.ts';
import { SEAT_MAP_CHANGED, type ResultMessage } from './messages.ts';
import { overSse } from './over-sse.ts';
import { overWebSocket } from './over-websocket.ts';
import { SeatMapKeeper, type SeatMapState } from './seat-map-state.ts';

/** How the updates travel. */
export type TransportName = 'websocket' | 'sse';

/** What to follow, and how. */
export interface FollowOptions {
  /** Where the API is, e.g. `https://tickets.example.org`. */
  url: string;
  /** The Event's global id. */
  event: string;
  /** By default WebSocket. */
  transport?: TransportName;
  /**
   * For Events that not everybody may see: a token, or where to get a fresh one before each connection. The server ends a
   * connection with its token, so a token alone ends the following sooner or later. What the function throws is tried
   * again like a lost connection, unless it is a FollowRefused.
   */
  token?: string | (() => string | Promise<string>);
  /** Ends the following. */
  signal?: AbortSignal;
  /** Hears of each connection that was lost, and how soon the next is tried. */
  onLost?: (lost: ConnectionLost, retryInMs: number) => void;
  /** How long the line may be silent before it is taken for dead: more than the server's ping interval. By default 75 s. */
  silenceMs?: number;
  /** Where they are not global. */
  webSocket?: typeof WebSocket;
  fetch?: typeof fetch;
  /** Where randomness comes from. */
  random?: () => number;
}

const DEFAULT_SILENCE_MS = 75_000;
const TRANSPORTS: Record<TransportName, Connect> = { websocket: overWebSocket, sse: overSse };

/**
 * Follow the seat map of an Event, for as long as the loop lasts:
 *
 * ```ts
 * for await (const map of followSeatMap({ url, event })) paint(map);
 * ```
 *
 * The first state is the whole map; each further one is the map after something changed. Lost connections are made
 * again, gaps are noticed and mended, and none of that is seen, but for the time it takes. A loop that is slower than the
 * changes gets fewer states, not older ones. Throws FollowRefused where trying again would not help.
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

/** Connect again and again, each time from where the map stands. */
async function reconnectLoop(
  options: FollowOptions,
  keeper: SeatMapKeeper,
  signal: AbortSignal,
  changed: () => void,
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
          return changed();
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
        () => problem ?? new ConnectionLost('something was missing: starting over'),
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

/** Ask for a token, for no longer than anybody waits for it. */
async function resolveToken({ token }: FollowOptions, signal: AbortSignal): Promise<string | null> {
  if (typeof token !== 'function') return token ?? null;
  const ended = Promise.withResolvers<null>();
  const stop = () => ended.resolve(null);
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([token(), ended.promise]);
  } catch (error) {
    if (error instanceof FollowRefused) throw error;
    throw new ConnectionLost(`there was no token: ${String(error)}`, null, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
