import { textFrame } from './text-frame.ts';

const CLOSING_BRACE = Buffer.from('}');

/** What stands before a payload in the `next` message of one subscription. */
export function nextMessageHead(operationId: string): Buffer {
  return Buffer.from(`{"id":${JSON.stringify(operationId)},"type":"next","payload":`);
}

/** One result, serialised once, in the wrappings of both transports; the same bytes go to everyone. */
export class Payload {
  /** The result as JSON. */
  readonly json: Buffer;
  readonly #cursor: string;
  #sseEvent: Buffer | undefined;
  #framedFor: Buffer | undefined;
  #frame: Buffer | undefined;

  constructor(json: string, cursor: string) {
    this.json = Buffer.from(json);
    this.#cursor = cursor;
  }

  /** The WebSocket frame of the `next` message that begins with `head`. Clients that call their operations alike share it. */
  frame(head: Buffer): Buffer {
    if (this.#frame === undefined || !this.#framedFor!.equals(head)) {
      this.#frame = textFrame(head, this.json, CLOSING_BRACE);
      this.#framedFor = head; // only the last one: where ids are unique, keeping them all would keep a frame per socket
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
