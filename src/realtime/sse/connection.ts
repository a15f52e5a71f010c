import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { RealtimeSettings } from '../../platform/config.ts';
import type { Platform } from '../../platform/index.ts';
import type { LiveConnection } from '../connections.ts';

/** A comment: read by nobody, but it keeps what stands between awake, and finds out who is gone. */
const HEARTBEAT = ':\n\n';

/** For people who look. Clients go by the end of the stream: without `complete` it means that they come back. */
const TOKEN_EXPIRED = ': the token has expired: come back with a fresh one\n\n';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform', // a proxy that packs it would hold it back
  'x-accel-buffering': 'no',
  connection: 'close', // nothing comes after it
};

/** One stream of events. */
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
      for (const tell of this.#closeListeners.splice(0)) tell();
    });
  }

  /** Send the head, with the headers that every answer of ours has, and something for browsers that wait for a body. */
  begin(headers: OutgoingHttpHeaders): void {
    this.#response.writeHead(200, { ...headers, ...HEADERS });
    this.#response.write(HEARTBEAT);
  }

  /** Be told when it has ended, at once if it has. */
  onClose(tell: () => void): void {
    if (this.#response.destroyed || this.#response.closed) tell();
    else this.#closeListeners.push(tell);
  }

  /** Write an event. A reader for whom too much waits is let go, to come back with its cursor. */
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

  /** End the stream, after some last words. */
  end(finalEvent = ''): void {
    if (!this.#response.writableEnded) this.#response.end(finalEvent);
  }

  heartbeat(): void {
    if (this.#response.writableEnded)
      this.#response.destroy(); // it had an interval's time to read to the end
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
