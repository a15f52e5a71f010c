import type { Socket } from 'node:net';
import type { GraphQLError } from 'graphql';

import type { Payload } from '../encoding/payload.ts';
import type { TransportParts } from '../realtime-parts.ts';
import type { Subscriber } from '../subscription/subscriber.ts';
import { Subscription } from '../subscription/subscription.ts';

/** Session that an operation belongs to. */
interface OperationSession extends Subscriber {
  sendError(operation: WebSocketOperation, errors: readonly GraphQLError[]): void;
  dropSlowConsumer(): void;
}

/**
 * One subscription on a socket. It has its id from the beginning, and something to follow once that has been found.
 *
 * Results go past `ws`, to the socket below it: with every update some thousand of these are visited, and each object more on
 * the way is memory that the processor has to fetch. A frame cannot end up inside one of `ws`, which writes each of its own
 * at once as long as it does not compress; nor behind a closing one, as closing stops this first.
 */
export class WebSocketOperation extends Subscription {
  readonly id: string;
  /** The same string, unless something in it has to be escaped. */
  readonly #idInJson: string;
  readonly #session: OperationSession;
  readonly #rawSocket: Socket;
  readonly #parts: TransportParts;

  constructor(id: string, session: OperationSession, wire: Socket, parts: TransportParts) {
    super(parts, session);
    this.id = id;
    const escaped = escapeNonAscii(JSON.stringify(id).slice(1, -1));
    this.#idInJson = escaped === id ? id : escaped;
    this.#session = session;
    this.#rawSocket = wire;
    this.#parts = parts;
  }

  /** A reader for whom too much waits is let go, to come back with its cursor. */
  protected override write(payload: Payload): void {
    const wire = this.#rawSocket;
    if (!wire.writable) return; // it has broken, and will say so
    if (wire.writableLength > this.#parts.settings.bufferedBytes) return this.#session.dropSlowConsumer();
    const frame = payload.frame(this.#idInJson);
    wire.write(frame.bytes);
    if (wire.writableLength > 0) frame.isBuffered = true;
    this.#parts.metrics.realtimeDelivered.count++;
  }

  protected override sendError(error: GraphQLError): void {
    this.#session.sendError(this, [error]);
  }
}

/** An id takes as many bytes as it has characters then. */
function escapeNonAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
