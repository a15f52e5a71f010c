import type { Socket } from 'node:net';
import type { GraphQLError } from 'graphql';

import type { Payload } from '../encoding/payload.ts';
import type { TransportParts } from '../realtime-parts.ts';
import type { Subscriber } from '../subscription/subscriber.ts';
import { Subscription } from '../subscription/subscription.ts';

/** Session that an operation belongs to. */
interface OperationSession extends Subscriber {
  sendError(operation: WebSocketOperation, errors: readonly GraphQLError[]): void;
  sendComplete(operation: WebSocketOperation): void;
  dropSlowConsumer(): void;
}

/**
 * One operation of a session: created with its id, started once its target is resolved.
 *
 * Results bypass `ws` and go to the socket below: an update visits thousands of operations, and each object on the way is a
 * cache miss. Frames cannot interleave, as `ws` writes each of its own at once while it does not compress; nor can one follow
 * a close frame, as `close` stops the session first.
 */
export class WebSocketOperation extends Subscription {
  readonly id: string;
  /** The same string object as `id`, unless it needs escapes. */
  readonly #idInJson: string;
  readonly #session: OperationSession;
  readonly #rawSocket: Socket;
  readonly #parts: TransportParts;

  constructor(id: string, session: OperationSession, rawSocket: Socket, parts: TransportParts) {
    super(parts, session);
    this.id = id;
    const escaped = escapeNonAscii(JSON.stringify(id).slice(1, -1));
    this.#idInJson = escaped === id ? id : escaped;
    this.#session = session;
    this.#rawSocket = rawSocket;
    this.#parts = parts;
  }

  protected override get transport() {
    return 'websocket' as const;
  }

  /** Write a frame, or drop a slow consumer, which reconnects with its cursor. */
  protected override write(payload: Payload): void {
    const rawSocket = this.#rawSocket;
    if (!rawSocket.writable) return; // broken: `close` follows
    if (rawSocket.writableLength > this.#parts.settings.bufferedBytes)
      return this.#session.dropSlowConsumer();
    const frame = payload.frame(this.#idInJson);
    rawSocket.write(frame.bytes);
    if (rawSocket.writableLength > 0) frame.isBuffered = true;
    this.#parts.metrics.realtimeDelivered.count++;
  }

  protected override sendComplete(): void {
    this.#session.sendComplete(this);
  }

  protected override sendError(error: GraphQLError): void {
    this.#session.sendError(this, [error]);
  }
}

/** Escape to ASCII, so that an id has as many bytes as characters. */
function escapeNonAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
