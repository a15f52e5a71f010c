import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
/** Beyond that the server is taken to be stuck. */
const TIMEOUT_MS = 60_000;

interface Exchange {
  text: string;
  resolve(body: string): void;
  reject(error: Error): void;
}

/** One keep-alive connection with one request at a time. It parses what Fastify sends: a head and a body of known length. */
class Connection {
  readonly #pool: HttpClient;
  readonly #socket: Socket;
  #current: Exchange | null = null;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Of head and body together, once the head is read. */
  #expected: number | null = null;
  #headLength = 0;

  constructor(pool: HttpClient, localAddress: string) {
    this.#pool = pool;
    const { hostname: host, port } = pool.url;
    this.#socket = connect({ host, port: Number(port), localAddress, noDelay: true });
    this.#socket.setTimeout(TIMEOUT_MS, () => this.#socket.destroy(new Error('no answer within a minute')));
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('closed by the server')));
  }

  send(exchange: Exchange): void {
    this.#current = exchange;
    this.#socket.write(exchange.text);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#expected === null) {
      const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
      const end = bytes.indexOf(HEAD_END);
      if (end === -1) return;
      const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
      if (length === undefined) return void this.#socket.destroy(new Error('an answer without a length'));
      this.#headLength = end + HEAD_END.length;
      this.#expected = this.#headLength + Number(length);
    }
    if (this.#length < this.#expected) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    const body = bytes.toString('utf8', this.#headLength, this.#expected);
    this.#chunks = [];
    this.#length = 0;
    this.#expected = null;
    const current = this.#current;
    this.#current = null;
    this.#pool.onIdle(this);
    current?.resolve(body);
  }

  #fail(error: Error): void {
    const current = this.#current;
    this.#current = null;
    this.#pool.onClosed(this);
    current?.reject(error);
  }
}

/** POSTs JSON to `/graphql` over keep-alive connections from several loopback addresses, at little cost per request. */
export class HttpClient {
  readonly url: URL;
  readonly #maxConnections: number;
  readonly #localAddress: () => string;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting: Exchange[] = [];
  #next = 0;

  constructor(url: string, maxConnections: number, localAddress: () => string) {
    this.url = new URL(url);
    this.#maxConnections = maxConnections;
    this.#localAddress = localAddress;
  }

  /** Requests that wait for a connection. */
  get backlog(): number {
    return this.#waiting.length - this.#next;
  }

  /** Send a body with headers, each ended by CRLF; resolves with the body of the answer, whatever its status. */
  post(headers: string, body: string): Promise<string> {
    const text =
      `POST /graphql HTTP/1.1\r\nhost: ${this.url.host}\r\ncontent-type: application/json\r\n${headers}` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return new Promise((resolve, reject) => {
      const exchange = { text, resolve, reject };
      const idle = this.#idle.pop();
      if (idle !== undefined) idle.send(exchange);
      else if (this.#all.size < this.#maxConnections) this.#open().send(exchange);
      else this.#waiting.push(exchange);
    });
  }

  close(): void {
    for (const { reject } of this.#waiting.splice(0).slice(this.#next)) reject(new Error('closed'));
    this.#next = 0;
    for (const connection of [...this.#all]) connection.close();
  }

  onIdle(connection: Connection): void {
    const next = this.#shift();
    if (next === undefined) this.#idle.push(connection);
    else connection.send(next);
  }

  onClosed(connection: Connection): void {
    if (!this.#all.delete(connection)) return;
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    const next = this.#shift();
    if (next !== undefined) this.#open().send(next);
  }

  #open(): Connection {
    const connection = new Connection(this, this.#localAddress());
    this.#all.add(connection);
    return connection;
  }

  #shift(): Exchange | undefined {
    const next = this.#waiting[this.#next];
    if (next === undefined) return undefined;
    this.#next++;
    if (this.#next > 1_024) {
      this.#waiting.splice(0, this.#next);
      this.#next = 0;
    }
    return next;
  }
}
