import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { RealtimeSettings } from '../../platform/config/realtime-settings.ts';
import type { Platform } from '../../platform/index.ts';
import type { LiveConnection } from '../connections.ts';

/** A comment, which clients ignore: keeps proxies from timing out, and reveals broken connections. */
const HEARTBEAT = ':\n\n';

/** A comment for people who debug. Clients reconnect after any stream that ends without `complete`. */
const TOKEN_EXPIRED = ': the token has expired: reconnect with a fresh one\n\n';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform', // a proxy that compresses it would buffer it
  'x-accel-buffering': 'no',
  connection: 'close', // no request follows on this connection
};

/** One SSE stream. */
export class SseConnection implements LiveConnection {
  readonly #response: ServerResponse;
  readonly #maxBufferedBytes: number;
  readonly #metrics: Pick<Platform['metrics'], 'realtimeDelivered' | 'realtimeSlowReaders'>;
  readonly #closeListeners: (() => void)[] = [];

  constructor(
    response: ServerResponse,
    parts: {
      settings: Pick<RealtimeSettings, 'bufferedBytes'>;
      metrics: Pick<Platform['metrics'], 'realtimeDelivered' | 'realtimeSlowReaders'>;
    },
  ) {
    this.#response = response;
    this.#maxBufferedBytes = parts.settings.bufferedBytes;
    this.#metrics = parts.metrics;
    response.once('close', () => {
      for (const listener of this.#closeListeners.splice(0)) listener();
    });
  }

  /** Send the headers, those of every response included, and a first comment: some browsers wait for a body. */
  begin(headers: OutgoingHttpHeaders): void {
    this.#response.writeHead(200, { ...headers, ...HEADERS });
    this.#response.write(HEARTBEAT);
  }

  /** Call `listener` when the stream has closed; now if it has. */
  onClose(listener: () => void): void {
    if (this.#response.destroyed || this.#response.closed) listener();
    else this.#closeListeners.push(listener);
  }

  /** Write an event, or drop a slow consumer, which reconnects with its cursor. */
  writeEvent(event: Buffer): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    if (this.#response.writableLength > this.#maxBufferedBytes) {
      this.#metrics.realtimeSlowReaders.inc({ transport: 'sse' });
      this.end();
      return;
    }
    this.#response.write(event);
    this.#metrics.realtimeDelivered.count++;
  }

  /** End the stream after a final event. */
  end(finalEvent = ''): void {
    if (!this.#response.writableEnded) this.#response.end(finalEvent);
  }

  heartbeat(): void {
    if (this.#response.writableEnded)
      this.#response.destroy(); // not drained within a ping interval after its end
    else this.#response.write(HEARTBEAT);
  }

  expire(): void {
    this.end(TOKEN_EXPIRED);
  }

  restart(retryAfterMs: number): void {
    this.end(`retry: ${retryAfterMs}\n\n`);
  }

  destroy(): void {
    this.#response.destroy();
  }
}
