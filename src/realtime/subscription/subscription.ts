import { createSourceEventStream, GraphQLError, type GraphQLSchema } from 'graphql';

import type { Context } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import type { Payload } from '../encoding/payload.ts';
import { LiveStream, type LiveChannel, type LiveSubscriber, type LiveUpdate } from './live-stream.ts';
import { type CheckedOperation, type SharedExecution, type SharedExecutions } from './shared-execution.ts';
import type { OperationRequest, Subscriber } from './subscriber.ts';

/** What following takes, whatever the transport. */
export interface SubscriptionParts {
  schema: GraphQLSchema;
  metrics: Pick<Platform['metrics'], 'realtimeSubscriptions'>;
  /** Refuse what is not a good Subscription operation, by the same rules as for queries. */
  checkOperation(request: OperationRequest): CheckedOperation | readonly GraphQLError[];
  executions: SharedExecutions;
  contextFor(follower: Subscriber): Context;
}

/** Something that may be followed, and from where on. */
export interface SubscriptionTarget {
  checked: CheckedOperation;
  channel: LiveChannel;
  after: string | null;
}

/**
 * Find what the operation asks to follow, or answer why not.
 *
 * `resumeAfter` is where the transport says that the client stands; it counts for more than what the query says.
 */
export async function resolveTarget(
  parts: SubscriptionParts,
  request: OperationRequest,
  follower: Subscriber,
  resumeAfter?: string,
): Promise<SubscriptionTarget | readonly GraphQLError[]> {
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
  return { checked: asked, channel: stream.channel, after: resumeAfter ?? stream.after };
}

const isLiveStream = (stream: object): stream is LiveStream => stream instanceof LiveStream;

/**
 * One subscription: writes what it hears of one channel, in order. Each transport writes in its own way, as a part of the
 * same object: there are as many of these as there are followers, and each is visited with every update.
 */
export abstract class Subscription implements LiveSubscriber {
  readonly #parts: Pick<SubscriptionParts, 'metrics' | 'executions'>;
  readonly #subscriber: Subscriber;
  #channel: LiveChannel | null = null;
  /** What it shares with all who ask alike. */
  #execution: SharedExecution | null = null;
  #stopped = false;
  /** Set while a result is waited for: what comes meanwhile has to queue behind it. */
  #pendingWrite: Promise<void> | null = null;

  constructor(parts: Pick<SubscriptionParts, 'metrics' | 'executions'>, follower: Subscriber) {
    this.#parts = parts;
    this.#subscriber = follower;
  }

  protected abstract write(payload: Payload): void;
  /** Say that it could not begin, or cannot go on, or may not any longer: it has stopped. */
  protected abstract sendError(error: GraphQLError): void;

  get viewer(): Viewer | null {
    return this.#subscriber.viewer;
  }

  /** Join, and write what there is, at once, and from then on everything that comes; unless it was stopped before. */
  start({ checked: asked, channel, after }: SubscriptionTarget): void {
    if (this.#stopped) return;
    this.#channel = channel;
    this.#execution = this.#parts.executions.acquire(asked);
    this.#parts.metrics.realtimeSubscriptions.inc();
    try {
      for (const update of channel.join(after, this)) this.onUpdate(update);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Write nothing more, from this moment on. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#execution === null) return;
    this.#channel?.leave(this);
    this.#parts.executions.release(this.#execution);
    this.#parts.metrics.realtimeSubscriptions.dec();
  }

  onUpdate(update: LiveUpdate): void {
    if (this.#stopped || this.#execution === null) return;
    try {
      const payload = this.#execution.payload(update, this.#subscriber);
      if (this.#pendingWrite === null && !(payload instanceof Promise)) this.write(payload);
      else this.#enqueue(payload);
    } catch (error) {
      this.#fail(error);
    }
  }

  end(refusal: Error): void {
    this.#fail(refusal);
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.stop();
    this.sendError(asGraphQLError(error));
  }

  /** Wait for what came before, and for the result itself. */
  #enqueue(payload: Payload | Promise<Payload>): void {
    const turn = Promise.all([payload, this.#pendingWrite])
      .then(([ready]) => {
        if (!this.#stopped) this.write(ready);
      })
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        if (this.#pendingWrite === turn) this.#pendingWrite = null;
      });
    this.#pendingWrite = turn;
  }
}

/** What is no GraphQLError was not foreseen, and is masked by whoever formats it. */
function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
