import { connect, type Socket } from 'node:net';

import { QUEUE_POSITION, type QueuePositionMessage } from '../../../src/client/index.ts';
import { CLIENT_PONG, clientTextFrame, FrameReader, type FrameListener } from '../../clients/frame-reader.ts';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Where a subscription connects, and as whom. */
export interface SocketOptions {
  url: URL;
  localAddress: string;
  authorization: string;
  event: string;
  token: string | null;
}

/** One subscription of `queuePosition` over a WebSocket of its own, without the objects that a library keeps for each. */
export class QueueSocket implements FrameListener {
  readonly #socket: Socket;
  readonly #reader = new FrameReader(this);
  readonly #options: SocketOptions;
  readonly #onPosition: (position: QueuePositionMessage) => void;
  readonly #onClose: (why: string) => void;
  #payload: Buffer[] = [];
  #isUpgraded = false;
  #why: string | null = null;

  constructor(
    options: SocketOptions,
    onPosition: (position: QueuePositionMessage) => void,
    onClose: (why: string) => void,
  ) {
    this.#options = options;
    this.#onPosition = onPosition;
    this.#onClose = onClose;
    const { url, localAddress } = options;
    this.#socket = connect({ host: url.hostname, port: Number(url.port), localAddress, noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('error', ({ message }) => (this.#why ??= message));
    this.#socket.on('close', () => this.#onClose(this.#why ?? 'closed by the server'));
    this.#socket.write(
      `GET /graphql HTTP/1.1\r\nhost: ${url.host}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
        `sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-version: 13\r\n` +
        `sec-websocket-protocol: graphql-transport-ws\r\n\r\n`,
    );
  }

  close(): void {
    this.#end('closed by its person');
  }

  onPayload(bytes: Buffer): void {
    this.#payload.push(Buffer.from(bytes)); // the chunk is of a buffer that is used again
  }

  onMessage(): void {
    const text = (this.#payload.length === 1 ? this.#payload[0]! : Buffer.concat(this.#payload)).toString();
    this.#payload = [];
    const message = JSON.parse(text) as { type: string; payload?: any };
    switch (message.type) {
      case 'connection_ack':
        return this.#send({
          id: '1',
          type: 'subscribe',
          payload: {
            query: QUEUE_POSITION,
            variables: { event: this.#options.event, token: this.#options.token },
          },
        });
      case 'next':
        if (message.payload.data?.queuePosition) return this.#onPosition(message.payload.data.queuePosition);
        break;
      case 'ping':
        return this.#send({ type: 'pong' });
      case 'complete':
        return this.#end('complete');
    }
    this.#end(text);
  }

  onPing(): void {
    this.#socket.write(CLIENT_PONG);
  }

  onUnexpectedFrame(opcode: number): void {
    this.#end(opcode === 8 ? 'closed by the server' : `frame with opcode ${opcode}`);
  }

  #end(why: string): void {
    this.#why ??= why;
    this.#socket.destroy();
  }

  #send(message: object): void {
    this.#socket.write(clientTextFrame(JSON.stringify(message)));
  }

  #read(chunk: Buffer): void {
    if (this.#isUpgraded) return this.#reader.read(chunk);
    const end = chunk.indexOf(HEAD_END);
    const head = chunk.toString('latin1', 0, Math.max(0, end));
    if (!head.startsWith('HTTP/1.1 101')) return this.#end(`not upgraded: ${head.slice(0, 100)}`);
    this.#isUpgraded = true;
    this.#send({ type: 'connection_init', payload: { authorization: this.#options.authorization } });
    this.#reader.read(chunk.subarray(end + HEAD_END.length));
  }
}
