import type { GraphQLError } from 'graphql';

import { Following, type FollowParts } from './follow.ts';
import type { Payload } from './payload.ts';
import type { WebSocketConnection } from './websocket-connection.ts';
import type { Speaker } from './websocket-protocol.ts';

/** One subscription on a socket. It has its id from the beginning, and something to follow once that has been found. */
export class WebSocketOperation extends Following {
  readonly id: string;
  /** The same string, unless something in it has to be escaped. */
  readonly #idInJson: string;
  readonly #speaker: Speaker;
  readonly #connection: WebSocketConnection;

  constructor(id: string, speaker: Speaker, connection: WebSocketConnection, parts: FollowParts) {
    super(parts, speaker);
    this.id = id;
    const escaped = JSON.stringify(id).slice(1, -1);
    this.#idInJson = escaped === id ? id : escaped;
    this.#speaker = speaker;
    this.#connection = connection;
  }

  protected override write(payload: Payload): void {
    this.#connection.writeFrame(payload.frame(this.#idInJson));
  }

  protected override tell(error: GraphQLError): void {
    this.#speaker.refuse(this, [error]);
  }
}
