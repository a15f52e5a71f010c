import {
  execute,
  getNamedType,
  isLeafType,
  isObjectType,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import type { Context } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import { NO_PASSES } from '../../waiting-room/index.ts';
import { Payload } from '../encoding/payload.ts';
import { leafWriter, type LeafWriter, type PlainFields } from './leaf-writer.ts';
import type { LiveChannel, LiveUpdate } from './live-stream.ts';
import type { CheckedOperation, OperationShape } from './operation-shape.ts';
import { rootFieldOf } from './root-field.ts';
import type { Subscriber } from './subscriber.ts';

export interface ExecutionParts {
  schema: GraphQLSchema;
  metrics: Pick<Platform['metrics'], 'realtimeExecutions'>;
  contextFor(subscriber: Subscriber): Context;
  formatError(error: GraphQLError, requestId: string): GraphQLFormattedError;
}

/** What one execution needs of those of all. */
export interface SharedExecutionParts extends ExecutionParts {
  plainFields: PlainFields;
}

/** Subscriber of results that are the same for all viewers. */
const ANONYMOUS: Subscriber = { viewer: null, address: 'none', passes: NO_PASSES, requestId: 'shared' };
/** Types whose fields do not depend on the viewer. `Event` is not among them: organisers see more of theirs. */
const VIEWER_INDEPENDENT_TYPES = new Set([
  'Subscription',
  'SeatMapUpdate',
  'SeatMap',
  'SeatMapDelta',
  'SeatMapSection',
  'SeatMapTier',
  'Money',
  ...['EventSales', 'SalesCounts', 'SalesRevenue', 'TierSales', 'SectionSales', 'SeatingSection', 'DaySales'],
  'SalesConversion',
]);
/** Results of an update that are kept for further subscriptions of their viewer; a map of 20,000 places is 20 kB. */
const MAX_VIEWER_RESULTS = 100;

const BYTES_PER_CHARACTER = 2;

type Result = Payload | Promise<Payload>;

/** A subscription that uses a document which is limited. */
export interface DocumentUser {
  address: string;
  /** End it, as its document gives way to one of another address. */
  evict(refusal: Error): void;
}

/** Memory that the document and variables of an operation take. */
export const bytesOfOperation = ({ bytes, variables }: CheckedOperation): number =>
  bytes + BYTES_PER_CHARACTER * JSON.stringify(variables).length;

/** One operation for all subscribers that sent it, in whatever form: executed and serialised once per update. */
export class SharedExecution {
  readonly #parts: SharedExecutionParts;
  /** Key of its shape. */
  readonly key: string;
  readonly #checked: CheckedOperation;
  readonly #dependsOnViewer: boolean;
  readonly #writeLeaves: LeafWriter | null;
  /** Keyed by identity: all subscribers of an Event receive the same update object. */
  readonly #payloads = new WeakMap<LiveUpdate, Result>();
  readonly #viewerPayloads = new WeakMap<LiveUpdate, LRUCache<string, Result>>();
  /** Number of subscribers. */
  refCount = 0;
  /** Subscribers and their channels, if its document is limited. */
  readonly users = new Map<DocumentUser, LiveChannel>();

  constructor(parts: SharedExecutionParts, shape: OperationShape, checked: CheckedOperation) {
    this.#parts = parts;
    this.key = shape.key;
    this.#checked = checked;
    this.#writeLeaves = shape.leaves && leafWriter(parts.schema, parts.plainFields, shape.leaves);
    this.#dependsOnViewer = !shape.types.isSubsetOf(VIEWER_INDEPENDENT_TYPES);
  }

  /** The serialised result for an update: shared by all, or by the subscriptions of a viewer if it may depend on the viewer. */
  payload(update: LiveUpdate, subscriber: Subscriber): Result {
    if (update.isForOneViewer) {
      const json = this.#writeLeaves?.(update) ?? null;
      return json === null ? this.#execute(update, subscriber) : new Payload(json, update.cursor);
    }
    if (
      this.#dependsOnViewer &&
      subscriber.viewer !== null &&
      !hasOnlyLeafFields(this.#parts.schema, update)
    ) {
      return this.#payloadFor(subscriber.viewer, update, subscriber);
    }
    let payload = this.#payloads.get(update);
    if (payload === undefined) {
      payload = this.#execute(update, ANONYMOUS);
      this.#payloads.set(update, payload);
    }
    return payload;
  }

  #payloadFor(viewer: Viewer, update: LiveUpdate, subscriber: Subscriber): Result {
    let byViewer = this.#viewerPayloads.get(update);
    if (byViewer === undefined) {
      byViewer = new LRUCache<string, Result>({ max: MAX_VIEWER_RESULTS });
      this.#viewerPayloads.set(update, byViewer);
    }
    const key = JSON.stringify([viewer.id, ...[...viewer.roles].toSorted()]);
    let payload = byViewer.get(key);
    if (payload === undefined) byViewer.set(key, (payload = this.#execute(update, subscriber)));
    return payload;
  }

  #execute(update: LiveUpdate, subscriber: Subscriber): Result {
    const { schema, metrics } = this.#parts;
    const { document, operation, variables } = this.#checked;
    metrics.realtimeExecutions.inc();
    const result = execute({
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: variables,
      rootValue: { [rootFieldOf(document, operation).name.value]: update }, // by field name, even if it has an alias
      contextValue: this.#parts.contextFor(subscriber),
    });
    const serialise = ({ data, errors }: ExecutionResult) =>
      new Payload(
        JSON.stringify({
          data: data ?? null,
          ...(errors && {
            errors: errors.map((error) => this.#parts.formatError(error, subscriber.requestId)),
          }),
        }),
        update.cursor,
      );
    return result instanceof Promise ? result.then(serialise) : serialise(result);
  }
}

/** An update with only leaf fields cannot depend on the viewer. */
function hasOnlyLeafFields(schema: GraphQLSchema, { __typename }: LiveUpdate): boolean {
  const type = schema.getType(__typename);
  return (
    isObjectType(type) &&
    Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)))
  );
}
