import { connect, type Socket } from 'node:net';
import { crc32 } from 'node:zlib';

import { CLIENT_PONG, clientTextFrame, FrameReader, type FrameListener } from './frame-reader.ts';

export interface Handshake {
  host: string;
  port: number;
  path: string;
  protocol: string | null;
  /** Messages to send: the first when the socket is open, the others after the response to it. */
  requests: readonly string[];
}

/** Shared by all connections: a read is processed before the next one starts. */
const READ_BUFFER = Buffer.allocUnsafe(65_536);
const HEAD_END = Buffer.from('\r\n\r\n');

/** A WebSocket client that counts and checksums messages, at less cost per message than any server under test. */
export class ReceiverConnection implements FrameListener {
  readonly #socket: Socket;
  readonly #reader = new FrameReader(this);
  readonly #handshake: Handshake;
  readonly #onText: (messageCount: number) => void;
  #isOpen = false;
  #sentRequests = 0;
  /** Messages since the last reset. */
  messageCount = 0;
  bytes = 0;
  checksum = 0;
  /** The messages since the last reset, if they are kept. */
  kept: Buffer[] | null = null;
  /** Reason of the close; `null` while the connection is open. */
  failure: string | null = null;

  constructor(handshake: Handshake, onText: (messageCount: number) => void) {
    this.#handshake = handshake;
    this.#onText = onText;
    const { host, port, path, protocol } = handshake;
    this.#socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: READ_BUFFER,
        callback: (length) => {
          this.#read(READ_BUFFER.subarray(0, length));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => (this.failure ??= error.message));
    this.#socket.on('close', () => (this.failure ??= 'closed by the server'));
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n` +
        `${protocol === null ? '' : `Sec-WebSocket-Protocol: ${protocol}\r\n`}\r\n`,
    );
  }

  /** Whether the server has accepted the upgrade. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Start counting from zero, and keep the messages if `keep`. */
  reset(keep: boolean): void {
    this.messageCount = this.bytes = this.checksum = 0;
    this.kept = keep ? [] : null;
  }

  close(): Promise<void> {
    this.failure ??= 'closed by the client';
    return new Promise((resolve) => {
      if (this.#socket.closed) resolve();
      else this.#socket.once('close', () => resolve()).destroy();
    });
  }

  onPayload(bytes: Buffer): void {
    this.bytes += bytes.length;
    this.checksum = crc32(bytes, this.checksum);
    this.kept?.push(Buffer.from(bytes));
  }

  onMessage(): void {
    this.messageCount++;
    if (this.#sentRequests === 1) this.#sendRequests(this.#handshake.requests.length);
    this.kept?.push(Buffer.from('\n'));
    this.#onText(this.messageCount);
  }

  onPing(): void {
    this.#socket.write(CLIENT_PONG);
  }

  onUnexpectedFrame(opcode: number): void {
    this.failure ??= `unexpected frame with opcode ${opcode}`;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#isOpen) return this.#reader.read(chunk);
    // over loopback the response head arrives in one chunk
    const end = chunk.indexOf(HEAD_END);
    if (end === -1 || !chunk.toString('latin1', 0, 12).endsWith('101')) {
      this.failure ??= `not upgraded: ${chunk.toString('latin1', 0, 200)}`;
      return void this.#socket.destroy();
    }
    this.#isOpen = true;
    this.#sendRequests(1);
    this.#reader.read(chunk.subarray(end + HEAD_END.length));
  }

  #sendRequests(upTo: number): void {
    for (; this.#sentRequests < Math.min(upTo, this.#handshake.requests.length); this.#sentRequests++) {
      this.#socket.write(clientTextFrame(this.#handshake.requests[this.#sentRequests]!));
    }
  }
}
