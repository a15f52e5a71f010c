import { connect, type Socket } from 'node:net';
import { crc32 } from 'node:zlib';

import { CLIENT_PONG, clientTextFrame, FrameReader, type FrameListener } from './frame-reader.ts';

/** How a connection introduces itself. */
export interface Handshake {
  host: string;
  port: number;
  path: string;
  protocol: string | null;
  /** What to say: the first once it is open, the others once that was answered. */
  requests: readonly string[];
}

/** One reading for all connections: it is counted before the next comes. */
const READ_BUFFER = Buffer.allocUnsafe(65_536);
const HEAD_END = Buffer.from('\r\n\r\n');

/** A WebSocket that counts what comes, and adds it up to a checksum; made to cost less than whoever sends. */
export class ReceiverConnection implements FrameListener {
  readonly #socket: Socket;
  readonly #reader = new FrameReader(this);
  readonly #handshake: Handshake;
  readonly #onText: (messageCount: number) => void;
  #isOpen = false;
  #sentRequests = 0;
  /** Since the last mark. */
  texts = 0;
  bytes = 0;
  checksum = 0;
  /** What came, where it is wanted. */
  kept: Buffer[] | null = null;
  /** Why it ended, unless we ended it. */
  failure: string | null = null;

  constructor(greeting: Handshake, gotText: (texts: number) => void) {
    this.#handshake = greeting;
    this.#onText = gotText;
    const { host, port, path, protocol } = greeting;
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

  /** Whether the server has accepted it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Count from here on. */
  reset(keep: boolean): void {
    this.texts = this.bytes = this.checksum = 0;
    this.kept = keep ? [] : null;
  }

  close(): Promise<void> {
    this.failure ??= 'closed by us';
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
    this.texts++;
    if (this.#sentRequests === 1) this.#sendRequests(this.#handshake.requests.length);
    this.kept?.push(Buffer.from('\n'));
    this.#onText(this.texts);
  }

  onPing(): void {
    this.#socket.write(CLIENT_PONG);
  }

  onUnexpectedFrame(opcode: number): void {
    this.failure ??= `the server sent a frame of kind ${opcode}`;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#isOpen) return this.#reader.read(chunk);
    // the head of an answer on this machine comes in one piece
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
