import type { Following, Sink } from './follow.ts';
import { headOf, type Payload } from './payload.ts';
import type { WebSocketConnection } from './websocket-connection.ts';

type End = IteratorReturnResult<undefined>;

/**
 * A subscription as `graphql-ws` wants it: something to iterate. It never yields: the first `next` starts it, and is
 * answered when it ends, while results go to the wire beside it. There are as many as there are followers, so it is
 * small: no closures, no queue.
 */
export class WebSocketOperation implements AsyncGenerator<never, undefined>, Sink {
  readonly #following: Following;
  readonly #connection: WebSocketConnection;
  readonly #head: string;
  readonly #ended = Promise.withResolvers<End>();
  #started = false;

  constructor(following: Following, connection: WebSocketConnection, id: string) {
    this.#following = following;
    this.#connection = connection;
    this.#head = headOf(id);
  }

  next(): Promise<End> {
    if (!this.#started) {
      this.#started = true;
      this.#following.start(this);
    }
    return this.#ended.promise;
  }

  return(): Promise<End> {
    this.#following.stop();
    this.#ended.resolve({ done: true, value: undefined });
    return this.#ended.promise;
  }

  throw(): Promise<End> {
    return this.return();
  }

  write(payload: Payload): void {
    this.#connection.writeFrame(payload.frame(this.#head));
  }

  fail(error: unknown): void {
    this.#following.stop();
    this.#ended.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
