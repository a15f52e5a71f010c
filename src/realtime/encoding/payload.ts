import { textFrame } from './text-frame.ts';

const PREFIX = Buffer.from('{"id":"');

/** A frame as it is written to the socket. */
export interface Frame {
  readonly bytes: Buffer;
  /** Operation id that it contains at present. */
  id: string;
  /** A socket still buffers it: its bytes must not change any more. */
  isBuffered: boolean;
}

/** One result, serialised once and encoded once per transport: all subscribers are sent the same bytes. */
export class Payload {
  readonly json: Buffer;
  readonly #cursor: string;
  #sseEvent: Buffer | undefined;
  /** Everything behind the id in a `next` message. */
  #suffix: Buffer | undefined;
  /** By length of the operation id: ids may be as many as sockets, their lengths are few. */
  readonly #frames = new Map<number, Frame>();

  constructor(json: string, cursor: string) {
    this.json = Buffer.from(json);
    this.#cursor = cursor;
  }

  /**
   * The WebSocket frame of a `next` message; `idInJson` is the operation id in JSON, ASCII, without quotes. Operations with the
   * same id share a frame. The next call with another id overwrites the id in place, unless the frame `isBuffered`.
   */
  frame(idInJson: string): Frame {
    let frame = this.#frames.get(idInJson.length);
    if (frame?.id === idInJson) return frame;
    if (frame === undefined || frame.isBuffered) {
      frame = { bytes: this.#newFrame(idInJson), id: idInJson, isBuffered: false };
      this.#frames.set(idInJson.length, frame);
    } else {
      const { bytes } = frame;
      bytes.write(idInJson, bytes.length - this.#suffix!.length - idInJson.length, 'latin1');
      frame.id = idInJson;
    }
    return frame;
  }

  #newFrame(idInJson: string): Buffer {
    this.#suffix ??= Buffer.concat([Buffer.from('","type":"next","payload":'), this.json, Buffer.from('}')]);
    return textFrame(PREFIX, idInJson, this.#suffix);
  }

  /** The SSE event; browsers resume from its `id` on their own. */
  get sseEvent(): Buffer {
    this.#sseEvent ??= Buffer.concat([
      Buffer.from(`id: ${this.#cursor}\nevent: next\ndata: `),
      this.json,
      Buffer.from('\n\n'),
    ]);
    return this.#sseEvent;
  }
}
