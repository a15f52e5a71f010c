import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

import { CLOSE_CODES } from '../close-codes.ts';
import type { ConnectionSlot, LiveConnection } from '../connections.ts';
import type { TransportParts } from '../realtime-parts.ts';

/** Receiver of the messages of one socket. */
interface MessageHandler {
  /** Rejects on an internal error, which closes the socket with 4500. */
  onMessage(text: string): Promise<void>;
  /** The socket is closing or has closed. */
  stop(): void;
}

interface AcceptedSocket {
  session: MessageHandler;
  slot: ConnectionSlot;
  /** TCP or TLS socket below the WebSocket. */
  rawSocket: Socket;
}

/**
 * One WebSocket, as `ws` makes them for us: it knows who is at it, so that all of them share their listeners, and nothing
 * stands between a result and the wire. There are as many as there are followers, and each is visited with every update.
 */
export class WebSocketConnection extends WebSocket implements LiveConnection {
  #requestId = '';
  #parts: Pick<TransportParts, 'log' | 'metrics' | 'settings'> | null = null;
  #rawSocket: Socket | null = null;
  #session: MessageHandler | null = null;
  #slot: ConnectionSlot | null = null;
  #openedAt = 0;
  #isAlive = true;

  /** Survive whatever happens to it, also if it is not let in. */
  attach(requestId: string, parts: Pick<TransportParts, 'log' | 'metrics' | 'settings'>): void {
    this.#requestId = requestId;
    this.#parts = parts;
    this.on('error', this.#onError);
  }

  /** Hear what it says, until it closes. */
  accept({ session, slot, rawSocket: wire }: AcceptedSocket): void {
    this.#session = session;
    this.#slot = slot;
    this.#rawSocket = wire;
    this.#openedAt = performance.now();
    slot.attach(this);
    this.#parts?.metrics.realtimeConnections.inc({ transport: 'websocket' });
    this.on('message', this.#onMessage);
    this.on('pong', this.#onPong);
    this.once('close', this.#onClose);
  }

  /** What is below it. */
  get rawSocket(): Socket {
    return this.#rawSocket!;
  }

  /** Whether nothing may be said any more. */
  get isClosing(): boolean {
    return this.readyState !== WebSocket.OPEN;
  }

  /** Whether more waits to be read by the other side than is kept for anybody. */
  get isOverBufferLimit(): boolean {
    return !this.isClosing && this.rawSocket.writableLength > this.#parts!.settings.bufferedBytes;
  }

  override close(code?: number, reason?: string | Buffer): void {
    this.#session?.stop();
    super.close(code, reason);
  }

  override terminate(): void {
    this.#session?.stop();
    super.terminate();
  }

  heartbeat(): void {
    if (this.isClosing) return; // `ws` gives it some seconds to close, and ends it
    if (!this.#isAlive) return this.terminate();
    this.#isAlive = false;
    this.ping();
  }

  expire(): void {
    this.close(CLOSE_CODES.SESSION_ENDED, 'The token has expired: come back with a fresh one');
  }

  restart(retryAfterMs: number): void {
    this.close(CLOSE_CODES.SERVICE_RESTART, `Service restart; retry after ${retryAfterMs} ms`);
  }

  destroy(): void {
    this.terminate();
  }

  // The emitter calls these on the socket: they are the same functions for all.

  #onMessage(bytes: WebSocket.RawData): void {
    this.#isAlive = true;
    this.#session?.onMessage((bytes as Buffer).toString()).catch((error: unknown) => {
      this.#parts?.log.warn({ err: error }, 'a message could not be handled');
      this.close(CLOSE_CODES.INTERNAL_SERVER_ERROR, 'Internal server error');
    });
  }

  #onPong(): void {
    this.#isAlive = true;
  }

  #onError({ message }: Error): void {
    this.#parts?.log.debug({ requestId: this.#requestId, reason: message }, 'socket error');
  }

  #onClose(code: number): void {
    this.#slot?.release();
    this.#session?.stop();
    this.#parts?.metrics.realtimeConnections.dec({ transport: 'websocket' });
    const seconds = Math.round((performance.now() - this.#openedAt) / 1_000);
    this.#parts?.log.info({ requestId: this.#requestId, code, seconds }, 'socket closed');
  }
}
