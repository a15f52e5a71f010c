import type { Socket } from 'node:net';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import { WebSocket } from 'ws';

import type { RealtimeSettings } from '../platform/config.ts';
import type { Platform } from '../platform/index.ts';
import { CLOSE_CODES } from './close-codes.ts';
import type { Connection } from './connections.ts';

/** One WebSocket: what the protocol says goes through `ws`; frames that are ready go straight to the wire. */
export class WebSocketConnection implements Connection, ProtocolSocket {
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  readonly #bufferedBytes: number;
  readonly #metrics: Pick<Platform['metrics'], 'realtimeDelivered' | 'realtimeSlowReaders'>;
  readonly #log: Platform['log'];
  #alive = true;

  constructor(
    socket: WebSocket,
    wire: Socket,
    parts: {
      log: Platform['log'];
      settings: Pick<RealtimeSettings, 'bufferedBytes'>;
      metrics: Pick<Platform['metrics'], 'realtimeDelivered' | 'realtimeSlowReaders'>;
    },
  ) {
    this.#socket = socket;
    this.#wire = wire;
    this.#bufferedBytes = parts.settings.bufferedBytes;
    this.#metrics = parts.metrics;
    this.#log = parts.log;
    socket.on('pong', () => (this.#alive = true));
  }

  /**
   * Write a whole frame. It cannot end up inside one of `ws`: without compression `ws` writes each of its own at once.
   * A reader for whom too much waits is let go, to come back with its cursor.
   */
  writeFrame(frame: Buffer): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#wire.writableLength > this.#bufferedBytes) {
      this.#metrics.realtimeSlowReaders.inc({ transport: 'websocket' });
      this.#socket.close(CLOSE_CODES.TOO_SLOW, 'Too slow: resume with your cursor');
      return;
    }
    this.#wire.write(frame);
    this.#metrics.realtimeDelivered.count++;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  onMessage(handle: (text: string) => Promise<void>): void {
    this.#socket.on('message', (bytes) => {
      this.#alive = true;
      handle((bytes as Buffer).toString()).catch((error: unknown) => {
        this.#log.warn({ err: error }, 'a message could not be handled');
        this.#socket.close(CLOSE_CODES.INTERNAL_SERVER_ERROR, 'Internal server error');
      });
    });
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  beat(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return; // `ws` gives it some seconds to close, and ends it
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    this.#socket.ping();
  }

  restart(retryAfterMs: number): void {
    this.#socket.close(CLOSE_CODES.SERVICE_RESTART, `Service restart; retry after ${retryAfterMs} ms`);
  }

  destroy(): void {
    this.#socket.terminate();
  }
}
