import type { Socket } from 'node:net';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import { WebSocket } from 'ws';

import type { RealtimeSettings } from '../platform/config.ts';
import type { Platform } from '../platform/index.ts';
import { CLOSE_CODES } from './close-codes.ts';
import type { Connection } from './connections.ts';

/** One WebSocket: what the protocol says goes through `ws`; frames that are ready go straight to the wire. */
export class WebSocketConnection implements Connection {
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  readonly #bufferedBytes: number;
  readonly #metrics: Pick<Platform['metrics'], 'realtimeDelivered' | 'realtimeSlowReaders'>;
  #alive = true;

  constructor(
    socket: WebSocket,
    wire: Socket,
    parts: {
      settings: Pick<RealtimeSettings, 'bufferedBytes'>;
      metrics: Pick<Platform['metrics'], 'realtimeDelivered' | 'realtimeSlowReaders'>;
    },
  ) {
    this.#socket = socket;
    this.#wire = wire;
    this.#bufferedBytes = parts.settings.bufferedBytes;
    this.#metrics = parts.metrics;
    socket.on('pong', () => (this.#alive = true));
    socket.on('message', () => (this.#alive = true));
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

  close(code: number, reason: string): void {
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

  /** The socket as `graphql-ws` wants it. `failed` hears of what is our fault. */
  forProtocol(failed: (error: unknown) => void): ProtocolSocket {
    return {
      protocol: this.#socket.protocol,
      send: (text) => {
        if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
      },
      close: (code, reason) => this.#socket.close(code, reason),
      onMessage: (handle) =>
        this.#socket.on('message', (bytes) => {
          handle((bytes as Buffer).toString()).catch((error: unknown) => {
            failed(error);
            this.#socket.close(CLOSE_CODES.INTERNAL_SERVER_ERROR, 'Internal server error');
          });
        }),
    };
  }
}
