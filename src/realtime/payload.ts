import { textFrame } from './text-frame.ts';

const CLOSING_BRACE = Buffer.from('}');

/** What stands before a payload in the `next` messages of one subscription. */
export interface MessageHead {
  operationId: string;
  bytes: Buffer;
}

/** Make the head for a subscription. */
export function headOf(operationId: string): MessageHead {
  return { operationId, bytes: Buffer.from(`{"id":${JSON.stringify(operationId)},"type":"next","payload":`) };
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
  frame({ operationId, bytes }: MessageHead): Buffer {
    if (this.#frame === undefined || this.#framedFor !== operationId) {
      this.#frame = textFrame(bytes, this.json, CLOSING_BRACE);
      this.#framedFor = operationId; // only the last one: where ids are unique, keeping them all would keep a frame per socket
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
