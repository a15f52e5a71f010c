import { textFrame } from './text-frame.ts';

const PREFIX = Buffer.from('{"id":"');

/** A frame as it goes to the wire. */
export interface Frame {
  readonly bytes: Buffer;
  /** Whom it is for, at the moment. */
  id: string;
  /** Somebody has not sent all of it yet: these bytes have to stay as they are. */
  isBuffered: boolean;
}

/** One result, serialised once, in the wrappings of both transports; the same bytes go to everyone. */
export class Payload {
  /** The result as JSON. */
  readonly json: Buffer;
  readonly #cursor: string;
  #sseEvent: Buffer | undefined;
  /** What every `next` message has behind its id. */
  #suffix: Buffer | undefined;
  /** By the length of the id in them: there are few lengths, and as many ids as there are sockets. */
  readonly #frames = new Map<number, Frame>();

  constructor(json: string, cursor: string) {
    this.json = Buffer.from(json);
    this.#cursor = cursor;
  }

  /**
   * The WebSocket frame of a `next` message to an operation: `idInJson` is its id without the quotes, in ASCII. Clients that
   * call their operations alike share it; for others the id in it is overwritten, which is to be expected from the next call
   * on, unless `isKept` says that the bytes are still needed.
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

  /** The SSE event; its id lets browsers go on from there by themselves. */
  get sseEvent(): Buffer {
    this.#sseEvent ??= Buffer.concat([
      Buffer.from(`id: ${this.#cursor}\nevent: next\ndata: `),
      this.json,
      Buffer.from('\n\n'),
    ]);
    return this.#sseEvent;
  }
}
