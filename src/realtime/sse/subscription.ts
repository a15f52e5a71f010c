import type { GraphQLError } from 'graphql';
import { print } from 'graphql-sse';

import type { Payload } from '../encoding/payload.ts';
import type { TransportParts } from '../realtime-parts.ts';
import type { Subscriber } from '../subscription/subscriber.ts';
import { Subscription } from '../subscription/subscription.ts';
import type { SseConnection } from './connection.ts';

/** The subscription of an SSE stream, which ends with it. */
export class SseSubscription extends Subscription {
  readonly #connection: SseConnection;
  readonly #parts: TransportParts;
  readonly #requestId: string;

  constructor(connection: SseConnection, parts: TransportParts, subscriber: Subscriber) {
    super(parts, subscriber);
    this.#connection = connection;
    this.#parts = parts;
    this.#requestId = subscriber.requestId;
  }

  /** Send errors as a result, and end the stream. */
  sendErrors(errors: readonly GraphQLError[]): void {
    const formatted = errors.map((error) => this.#parts.formatError(error, this.#requestId));
    this.#connection.end(
      print({ event: 'next', data: { errors: formatted as never } }) +
        print({ event: 'complete', data: null }),
    );
  }

  protected override get transport() {
    return 'sse' as const;
  }

  protected override write(payload: Payload): void {
    this.#connection.writeEvent(payload.sseEvent);
  }

  protected override sendComplete(): void {
    this.#connection.end(print({ event: 'complete', data: null }));
  }

  protected override sendError(error: GraphQLError): void {
    this.sendErrors([error]);
  }
}
