const FINAL_TEXT = 0x81;
const PING = 0x89;
/** Values of the 7-bit length that announce a length of 16 or 64 bits. */
const LENGTH_16_BIT = 126;
const LENGTH_64_BIT = 127;

export interface FrameListener {
  /** Part of a text message. */
  onPayload(bytes: Buffer): void;
  /** A text message is complete. */
  onMessage(): void;
  onPing(): void;
  /** Neither an unfragmented text message nor a ping, such as a close. */
  onUnexpectedFrame(opcode: number): void;
}

/** Parse the frames of a server from chunks of any size. Buffers at most the head of a frame. */
export class FrameReader {
  readonly #listener: FrameListener;
  readonly #head = Buffer.alloc(10);
  #headLength = 0;
  #remaining = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Parse the next chunk. */
  read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#remaining === 0) {
        this.#head[this.#headLength++] = chunk[at++]!;
        this.#readHead();
      } else {
        const end = Math.min(chunk.length, at + this.#remaining);
        this.#readPayload(chunk.subarray(at, end));
        at = end;
      }
    }
  }

  #readHead(): void {
    const head = this.#head;
    if (this.#headLength < 2) return;
    const short = head[1]! & 0x7f;
    if (this.#headLength < (short === LENGTH_64_BIT ? 10 : short === LENGTH_16_BIT ? 4 : 2)) return;
    this.#headLength = 0;
    this.#remaining =
      short === LENGTH_64_BIT
        ? Number(head.readBigUInt64BE(2))
        : short === LENGTH_16_BIT
          ? head.readUInt16BE(2)
          : short;
    if (this.#remaining === 0) this.#endFrame();
  }

  #readPayload(bytes: Buffer): void {
    this.#remaining -= bytes.length;
    if (this.#head[0] === FINAL_TEXT) this.#listener.onPayload(bytes);
    if (this.#remaining === 0) this.#endFrame();
  }

  #endFrame(): void {
    const head = this.#head[0]!;
    if (head === FINAL_TEXT) this.#listener.onMessage();
    else if (head === PING) this.#listener.onPing();
    else this.#listener.onUnexpectedFrame(head & 0x0f);
  }
}

/** Build a client's text frame. Its mask is zero, which leaves the payload unchanged: no proxy is between. */
export function clientTextFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from(
    bytes.length < LENGTH_16_BIT
      ? [FINAL_TEXT, 0x80 | bytes.length, 0, 0, 0, 0]
      : [FINAL_TEXT, 0x80 | LENGTH_16_BIT, bytes.length >> 8, bytes.length & 0xff, 0, 0, 0, 0],
  );
  return Buffer.concat([head, bytes]);
}

/** A client's pong frame without payload. */
export const CLIENT_PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
