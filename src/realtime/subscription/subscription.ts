import { createSourceEventStream, GraphQLError, type GraphQLSchema } from 'graphql';

import type { Context } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/index.ts';
import type { Allowance } from '../../platform/rate-limit/limit.ts';
import { countWeight, rateLimited, type RateLimits } from '../../platform/rate-limit/rate-limits.ts';
import { NO_PASSES } from '../../waiting-room/index.ts';
import type { Payload } from '../encoding/payload.ts';
import { LiveStream, type LiveChannel, type LiveSubscriber, type LiveUpdate } from './live-stream.ts';
import type { CheckedOperation } from './operation-shape.ts';
import type { DocumentUser, SharedExecution } from './shared-execution.ts';
import type { SharedExecutions } from './shared-executions.ts';
import type { OperationRequest, Subscriber } from './subscriber.ts';

/** What a subscription needs, whatever its transport. */
export interface SubscriptionParts {
  schema: GraphQLSchema;
  metrics: Pick<Platform['metrics'], 'realtimeSubscriptions' | 'realtimeRefusals'>;
  rateLimits: Pick<RateLimits, 'arrival' | 'weigh' | 'withdraw'>;
  /** Parse and validate a Subscription operation, by the same rules as queries. */
  checkOperation(request: OperationRequest): CheckedOperation | readonly GraphQLError[];
  executions: SharedExecutions;
  contextFor(subscriber: Subscriber): Context;
}

/** A channel that the client may subscribe to, and the cursor to resume after. */
export interface SubscriptionTarget {
  checked: CheckedOperation;
  channel: LiveChannel;
  after: string | null;
  passes: readonly string[];
}

/**
 * Resolve the channel that an operation subscribes to, or the errors to refuse it with.
 *
 * `arrived` is the allowance that the 1 of every operation left; `resumeAfter` is a cursor sent by the transport, which
 * overrides the one in the operation.
 */
export async function resolveTarget(
  parts: SubscriptionParts,
  request: OperationRequest,
  subscriber: Subscriber,
  arrived: Allowance | null,
  resumeAfter?: string,
): Promise<SubscriptionTarget | readonly GraphQLError[]> {
  const checked = parts.checkOperation(request);
  if (!('document' in checked)) return checked;
  if (checked.weight > 1) {
    const allowance = await countWeight(parts.rateLimits, subscriber, checked.weight, arrived);
    if (!allowance.allowed) return [rateLimited(allowance, checked.weight)];
  }
  const stream = await createSourceEventStream({
    schema: parts.schema,
    document: checked.document,
    operationName: checked.operation.name?.value,
    variableValues: checked.variables,
    contextValue: parts.contextFor(subscriber),
  });
  if (!isLiveStream(stream)) {
    return 'errors' in stream && stream.errors
      ? stream.errors
      : [new GraphQLError('This field is not a subscription.')];
  }
  return { checked, channel: stream.channel, after: resumeAfter ?? stream.after, passes: stream.passes };
}

const isLiveStream = (stream: object): stream is LiveStream => stream instanceof LiveStream;

/**
 * One subscription to one channel: writes its updates in order. Each transport is a subclass, so that a subscription is one
 * object: every update visits all of them, and each object on the way is a memory access.
 */
export abstract class Subscription implements LiveSubscriber, DocumentUser {
  readonly #parts: Pick<SubscriptionParts, 'metrics' | 'executions'>;
  readonly #subscriber: Subscriber;
  #channel: LiveChannel | null = null;
  #execution: SharedExecution | null = null;
  #passes = NO_PASSES;
  #stopped = false;
  /** The last write that awaits a result; later updates queue behind it. */
  #pendingWrite: Promise<void> | null = null;

  constructor(parts: Pick<SubscriptionParts, 'metrics' | 'executions'>, subscriber: Subscriber) {
    this.#parts = parts;
    this.#subscriber = subscriber;
  }

  /** Label of the transport in metrics. */
  protected abstract get transport(): 'websocket' | 'sse';
  protected abstract write(payload: Payload): void;
  /** Send the error that ended the subscription, which has stopped. */
  protected abstract sendError(error: GraphQLError): void;
  /** Send that the subscription, which has stopped, is complete. */
  protected abstract sendComplete(): void;

  get address(): string {
    return this.#subscriber.address;
  }

  get viewer(): Viewer | null {
    return this.#subscriber.viewer;
  }

  get passes(): readonly string[] {
    return this.#passes;
  }

  /** Join the channel and write its first updates; does nothing after `stop`. */
  start({ checked, channel, after, passes }: SubscriptionTarget): void {
    if (this.#stopped) return;
    const execution = this.#acquire(checked, channel);
    if (execution === null) return;
    if (this.#stopped) return this.#parts.executions.release(execution, channel, this); // evicting others ended it
    this.#channel = channel;
    this.#passes = passes;
    this.#execution = execution;
    this.#parts.metrics.realtimeSubscriptions.inc();
    try {
      for (const update of channel.join(after, this)) this.onUpdate(update);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Leave the channel; nothing is written after this. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#execution === null || this.#channel === null) return;
    this.#channel.leave(this);
    this.#parts.executions.release(this.#execution, this.#channel, this);
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

  complete(): void {
    const finish = () => {
      if (this.#stopped) return;
      this.stop();
      this.sendComplete();
    };
    if (this.#pendingWrite === null) finish();
    else void this.#pendingWrite.then(finish);
  }

  evict(refusal: Error): void {
    this.#countRefusal();
    this.#fail(refusal);
  }

  /** Null: it was refused, as there are too many documents. */
  #acquire(checked: CheckedOperation, channel: LiveChannel): SharedExecution | null {
    try {
      return this.#parts.executions.acquire(checked, channel, this);
    } catch (error) {
      if (error instanceof CodedError) this.#countRefusal();
      this.#fail(error);
      return null;
    }
  }

  #countRefusal(): void {
    this.#parts.metrics.realtimeRefusals.inc({ transport: this.transport, reason: 'documents' });
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.stop();
    this.sendError(asGraphQLError(error));
  }

  /** Write after all earlier writes, once the result is ready. */
  #enqueue(payload: Payload | Promise<Payload>): void {
    const write = Promise.all([payload, this.#pendingWrite])
      .then(([ready]) => {
        if (!this.#stopped) this.write(ready);
      })
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        if (this.#pendingWrite === write) this.#pendingWrite = null;
      });
    this.#pendingWrite = write;
  }
}

/** An unexpected error keeps its cause, by which `formatError` masks it. */
function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
