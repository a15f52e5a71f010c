import type { GraphQLError } from 'graphql';
import { print } from 'graphql-sse';

import type { Payload } from '../encoding/payload.ts';
import type { TransportParts } from '../realtime-parts.ts';
import type { Subscriber } from '../subscription/subscriber.ts';
import { Subscription } from '../subscription/subscription.ts';
import type { SseConnection } from './connection.ts';

/** The subscription of a stream; the stream ends with it. */
export class SseSubscription extends Subscription {
  readonly #connection: SseConnection;
  readonly #parts: TransportParts;
  readonly #requestId: string;

  constructor(connection: SseConnection, parts: TransportParts, follower: Subscriber) {
    super(parts, follower);
    this.#connection = connection;
    this.#parts = parts;
    this.#requestId = follower.requestId;
  }

  /** Say why there is nothing to follow, and end the stream. */
  sendErrors(errors: readonly GraphQLError[]): void {
    const shown = errors.map((error) => this.#parts.formatError(error, this.#requestId));
    this.#connection.end(
      print({ event: 'next', data: { errors: shown as never } }) + print({ event: 'complete', data: null }),
    );
  }

  protected override write(payload: Payload): void {
    this.#connection.writeEvent(payload.sseEvent);
  }

  protected override sendError(error: GraphQLError): void {
    this.sendErrors([error]);
  }
}
