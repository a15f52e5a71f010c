import { textFrame } from './text-frame.ts';

/** Make what stands before a payload in the `next` messages of one subscription. */
export function headOf(operationId: string): string {
  return `{"id":${JSON.stringify(operationId)},"type":"next","payload":`;
}

/** One result, serialised once, in the wrappings of both transports; the same bytes go to everyone. */
export class Payload {
  /** The result as JSON. */
  readonly json: Buffer;
  readonly #cursor: string;
  #sseEvent: Buffer | undefined;
  #framedFor: string | undefined;
  #frame: Buffer | undefined;

  constructor(json: string, cursor: string) {
    this.json = Buffer.from(json);
    this.#cursor = cursor;
  }

  /** The WebSocket frame of the `next` message that begins with `head`. Clients that call their operations alike share it. */
  frame(head: string): Buffer {
    if (this.#frame === undefined || this.#framedFor !== head) {
      this.#frame = textFrame(head, this.json, '}');
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
