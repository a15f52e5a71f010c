const FINAL_TEXT = 0x81;
const PING = 0x89;
/** What stands in the place of a length that takes two, or eight, bytes of its own. */
const LENGTH_16_BIT = 126;
const LENGTH_64_BIT = 127;

/** Who hears what a FrameReader finds. */
export interface FrameListener {
  /** Bytes of a text message, as they come. */
  onPayload(bytes: Buffer): void;
  /** A text message is whole. */
  onMessage(): void;
  onPing(): void;
  /** Something else than whole messages of text and pings: the server closes. */
  onUnexpectedFrame(opcode: number): void;
}

/** Find the frames of a server in a stream that is cut anywhere; keeps nothing but the head of one. */
export class FrameReader {
  readonly #listener: FrameListener;
  readonly #head = Buffer.alloc(10);
  #headLength = 0;
  #remaining = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Take in the next bytes of the stream. */
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
    const kind = this.#head[0]!;
    if (kind === FINAL_TEXT) this.#listener.onMessage();
    else if (kind === PING) this.#listener.onPing();
    else this.#listener.onUnexpectedFrame(kind & 0x0f);
  }
}

/** Build the frame of a client's text message. The mask is zero: nobody stands between, and the text stays as it is. */
export function clientTextFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from(
    bytes.length < LENGTH_16_BIT
      ? [FINAL_TEXT, 0x80 | bytes.length, 0, 0, 0, 0]
      : [FINAL_TEXT, 0x80 | LENGTH_16_BIT, bytes.length >> 8, bytes.length & 0xff, 0, 0, 0, 0],
  );
  return Buffer.concat([head, bytes]);
}

/** The frame of an empty pong. */
export const CLIENT_PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
