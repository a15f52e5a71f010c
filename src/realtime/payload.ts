import { textFrame } from './text-frame.ts';

const BEFORE_ID = Buffer.from('{"id":"');

/** One result, serialised once, in the wrappings of both transports; the same bytes go to everyone. */
export class Payload {
  /** The result as JSON. */
  readonly json: Buffer;
  readonly #cursor: string;
  #sseEvent: Buffer | undefined;
  /** What every `next` message has behind its id. */
  #behindId: Buffer | undefined;
  #framedFor: string | undefined;
  #frame: Buffer | undefined;

  constructor(json: string, cursor: string) {
    this.json = Buffer.from(json);
    this.#cursor = cursor;
  }

  /**
   * The WebSocket frame of a `next` message to an operation: `idInJson` is its id without the quotes. Clients that call
   * their operations alike share it.
   */
  frame(idInJson: string): Buffer {
    if (this.#frame === undefined || this.#framedFor !== idInJson) {
      this.#behindId ??= Buffer.concat([
        Buffer.from('","type":"next","payload":'),
        this.json,
        Buffer.from('}'),
      ]);
      this.#frame = textFrame(BEFORE_ID, idInJson, this.#behindId);
      this.#framedFor = idInJson; // only the last one: where ids are unique, keeping them all would keep a frame per socket
    }
    return this.#frame;
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
