import { createSourceEventStream, GraphQLError, type GraphQLSchema } from 'graphql';

import type { Context } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
import { type CheckedOperation, type DistinctQueries, type DistinctQuery } from './distinct-queries.ts';
import { LiveStream, type LiveUpdate } from './live-stream.ts';
import type { Payload } from './payload.ts';

/** An operation as it comes from a client. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** Who follows. */
export interface Follower {
  viewer: Viewer | null;
  address: string;
  /** Names the connection in logs and errors. */
  requestId: string;
}

/** What following takes, whatever the transport. */
export interface FollowParts {
  schema: GraphQLSchema;
  metrics: Pick<Platform['metrics'], 'realtimeSubscriptions'>;
  /** Refuse what is not a good Subscription operation, by the same rules as for queries. */
  checkOperation(request: OperationRequest): CheckedOperation | readonly GraphQLError[];
  queries: DistinctQueries;
  contextFor(follower: Follower): Context;
}

/** Where the results of one subscription are written. */
export interface Sink {
  write(payload: Payload): void;
  /** The subscription cannot go on. */
  fail(error: unknown): void;
}

/**
 * Begin to follow what the operation asks for, or answer why not. Whoever gets a Following has to `stop` it.
 *
 * `resumeAfter` is where the transport says that the client stands; it counts for more than what the query says.
 */
export async function follow(
  parts: FollowParts,
  request: OperationRequest,
  follower: Follower,
  resumeAfter?: string,
): Promise<Following | readonly GraphQLError[]> {
  const asked = parts.checkOperation(request);
  if (!('document' in asked)) return asked;
  const stream = await createSourceEventStream({
    schema: parts.schema,
    document: asked.document,
    operationName: asked.operation.name?.value,
    variableValues: asked.variables,
    contextValue: parts.contextFor(follower),
  });
  if (!isLiveStream(stream)) {
    return 'errors' in stream && stream.errors
      ? stream.errors
      : [new GraphQLError('This cannot be followed.')];
  }
  try {
    stream.join(resumeAfter);
  } catch (error) {
    stream.leave();
    return [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })];
  }
  parts.metrics.realtimeSubscriptions.inc();
  const held = parts.queries.hold(asked);
  return new Following(stream, held.query, follower, () => {
    parts.metrics.realtimeSubscriptions.dec();
    held.release();
  });
}

const isLiveStream = (stream: object): stream is LiveStream => stream instanceof LiveStream;

/** One subscription: hands the results of one stream to one sink, in order. */
export class Following {
  /** What it shares with all who ask alike. */
  readonly query: DistinctQuery;
  readonly #stream: LiveStream;
  readonly #follower: Follower;
  readonly #released: () => void;
  #stopped = false;
  /** Set while a result is waited for: what comes meanwhile has to queue behind it. */
  #behind: Promise<void> | null = null;

  constructor(stream: LiveStream, query: DistinctQuery, follower: Follower, released: () => void) {
    this.#stream = stream;
    this.query = query;
    this.#follower = follower;
    this.#released = released;
  }

  /** Write what there is, at once, and from then on everything that comes. */
  start(sink: Sink): void {
    if (!this.#stopped) this.#stream.listen((update) => this.#deliver(update, sink));
  }

  /** Write nothing more, from this moment on. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#stream.leave();
    this.#released();
  }

  #deliver(update: LiveUpdate, sink: Sink): void {
    if (this.#stopped) return;
    try {
      const payload = this.query.payload(update, this.#follower);
      if (this.#behind === null && !(payload instanceof Promise)) sink.write(payload);
      else this.#queue(payload, sink);
    } catch (error) {
      sink.fail(error);
    }
  }

  /** Wait for what came before, and for the result itself. */
  #queue(payload: Payload | Promise<Payload>, sink: Sink): void {
    const turn = Promise.all([payload, this.#behind])
      .then(([ready]) => {
        if (!this.#stopped) sink.write(ready);
      })
      .catch((error: unknown) => {
        if (!this.#stopped) sink.fail(error);
      })
      .finally(() => {
        if (this.#behind === turn) this.#behind = null;
      });
    this.#behind = turn;
  }
}
