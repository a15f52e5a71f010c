import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

import { CLOSE_CODES } from '../close-codes.ts';
import type { ConnectionSlot, LiveConnection } from '../connections.ts';
import type { SentMessages } from '../message-limits.ts';
import type { TransportParts } from '../realtime-parts.ts';

type ConnectionParts = Pick<TransportParts, 'log' | 'messageLimits' | 'metrics' | 'settings'>;

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
 * One WebSocket, instantiated by `ws`. Its listeners are methods shared by all sockets, not closures, and results are written
 * to the socket below directly: there is one per client, and every update visits all of them.
 */
export class WebSocketConnection extends WebSocket implements LiveConnection, SentMessages {
  #requestId = '';
  #addressKey = '';
  #parts: ConnectionParts | null = null;
  #rawSocket: Socket | null = null;
  #session: MessageHandler | null = null;
  #slot: ConnectionSlot | null = null;
  #openedAt = 0;
  #isAlive = true;
  sentMessages = 0;
  windowEndsAt = 0;

  /** Handle socket errors and count messages from the start, also of a connection that is refused. */
  attach({ requestId, addressKey }: { requestId: string; addressKey: string }, parts: ConnectionParts): void {
    this.#requestId = requestId;
    this.#addressKey = addressKey;
    this.#parts = parts;
    this.on('error', this.#onError);
    this.on('message', this.#onMessage);
    this.on('ping', this.#onPing);
    this.on('pong', this.#onPong);
  }

  /** Receive messages until it closes. */
  accept({ session, slot, rawSocket }: AcceptedSocket): void {
    this.#session = session;
    this.#slot = slot;
    this.#rawSocket = rawSocket;
    this.#openedAt = performance.now();
    slot.attach(this);
    this.#parts?.metrics.realtimeConnections.inc({ transport: 'websocket' });
    this.once('close', this.#onClose);
  }

  /** TCP or TLS socket below the WebSocket. */
  get rawSocket(): Socket {
    return this.#rawSocket!;
  }

  /** Whether the close handshake has begun: nothing may be sent any more. */
  get isClosing(): boolean {
    return this.readyState !== WebSocket.OPEN;
  }

  /** Whether it is a slow consumer: more than LIMIT_BUFFERED_BYTES wait to be read. */
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
    if (this.isClosing) return; // `ws` terminates it after the close timeout
    if (!this.#isAlive) return this.terminate();
    this.#isAlive = false;
    this.ping();
  }

  expire(): void {
    this.close(CLOSE_CODES.SESSION_ENDED, 'The token has expired: reconnect with a fresh one');
  }

  restart(retryAfterMs: number): void {
    this.close(CLOSE_CODES.SERVICE_RESTART, `Service restart; retry after ${retryAfterMs} ms`);
  }

  destroy(): void {
    this.terminate();
  }

  // Listeners: the emitter calls them with `this` set to the socket, so that no closure per socket is needed.

  #onMessage(bytes: WebSocket.RawData): void {
    this.#isAlive = true;
    if (!this.#countMessage((bytes as Buffer).length)) return;
    this.#session?.onMessage((bytes as Buffer).toString()).catch((error: unknown) => {
      this.#parts?.log.warn({ err: error }, 'websocket message failed');
      this.close(CLOSE_CODES.INTERNAL_SERVER_ERROR, 'Internal server error');
    });
  }

  /** `ws` answers it. */
  #onPing({ length }: Buffer): void {
    this.#countMessage(length);
  }

  #onPong({ length }: Buffer): void {
    if (this.#isAlive) this.#countMessage(length); // not an answer to a heartbeat
    this.#isAlive = true;
  }

  /** Close a connection that sends too much, and read no more of it: frames are parsed until it is gone. */
  #countMessage(bytes: number): boolean {
    const exceeded = this.#parts?.messageLimits.count(this, this.#addressKey, bytes) ?? null;
    if (exceeded === null) return true;
    if (!this.isClosing) {
      this.#parts?.metrics.realtimeRefusals.inc({ transport: 'websocket', reason: 'messages' });
      const { of, limit } = exceeded;
      const code = of === 'one connection' ? CLOSE_CODES.TOO_MANY_REQUESTS : CLOSE_CODES.TRY_AGAIN_LATER;
      this.close(code, `At most ${limit} messages a minute from ${of}`);
    }
    this.pause();
    return false;
  }

  #onError({ message }: Error): void {
    this.#parts?.log.debug({ requestId: this.#requestId, reason: message }, 'websocket error');
  }

  #onClose(code: number): void {
    this.#slot?.release();
    this.#session?.stop();
    this.#parts?.metrics.realtimeConnections.dec({ transport: 'websocket' });
    const seconds = Math.round((performance.now() - this.#openedAt) / 1_000);
    this.#parts?.log.info({ requestId: this.#requestId, code, seconds }, 'websocket closed');
  }
}
