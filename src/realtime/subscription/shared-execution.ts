import {
  execute,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import type { Context } from '../../generated/graphql.ts';
import type { Platform } from '../../platform/index.ts';
import { Payload } from '../encoding/payload.ts';
import type { LiveUpdate } from './live-stream.ts';
import { rootFieldOf } from './root-field.ts';
import type { Subscriber } from './subscriber.ts';

/** A parsed and validated Subscription operation. */
export interface CheckedOperation {
  /** Source text from the client. */
  query: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

export interface ExecutionParts {
  schema: GraphQLSchema;
  metrics: Pick<Platform['metrics'], 'realtimeExecutions'>;
  contextFor(subscriber: Subscriber): Context;
  formatError(error: GraphQLError, requestId: string): GraphQLFormattedError;
}

/** Subscriber of results that are the same for all viewers. */
const ANONYMOUS: Subscriber = { viewer: null, address: 'none', requestId: 'shared' };
/** Types whose fields do not depend on the viewer. `Event` is not among them: organisers see more of theirs. */
const VIEWER_INDEPENDENT_TYPES = new Set([
  'Subscription',
  'SeatMapUpdate',
  'SeatMap',
  'SeatMapDelta',
  'SeatMapSection',
  'SeatMapTier',
  'Money',
]);
/** The argument to resume after: subscriptions that differ only in it share an execution. */
const CURSOR_ARGUMENT = 'after';

/** One operation for all subscribers that sent it with equal text and variables: executed and serialised once per update. */
export class SharedExecution {
  readonly #parts: ExecutionParts;
  readonly key: string;
  readonly checked: CheckedOperation;
  readonly #dependsOnViewer: boolean;
  /** Keyed by identity: all subscribers of an Event receive the same update object. */
  readonly #payloads = new WeakMap<LiveUpdate, Payload | Promise<Payload>>();
  /** Number of subscribers. */
  refCount = 0;

  constructor(parts: ExecutionParts, key: string, checked: CheckedOperation) {
    this.#parts = parts;
    this.key = key;
    this.checked = checked;
    this.#dependsOnViewer = selectsOutside(VIEWER_INDEPENDENT_TYPES, parts.schema, checked.document);
  }

  /** The serialised result for an update. It is shared, unless it may depend on the viewer. */
  payload(update: LiveUpdate, subscriber: Subscriber): Payload | Promise<Payload> {
    if (
      this.#dependsOnViewer &&
      subscriber.viewer !== null &&
      !hasOnlyLeafFields(this.#parts.schema, update)
    ) {
      return this.#execute(update, subscriber);
    }
    let payload = this.#payloads.get(update);
    if (payload === undefined) {
      payload = this.#execute(update, ANONYMOUS);
      this.#payloads.set(update, payload);
    }
    return payload;
  }

  #execute(update: LiveUpdate, subscriber: Subscriber): Payload | Promise<Payload> {
    const { schema, metrics } = this.#parts;
    const { document, operation, variables } = this.checked;
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

/** All shared executions, reference-counted. */
export class SharedExecutions {
  readonly #parts: ExecutionParts;
  readonly #byKey = new Map<string, SharedExecution>();

  constructor(parts: ExecutionParts) {
    this.#parts = parts;
  }

  /** Get the execution of an operation, shared with all subscribers that sent an equal one; `release` it once. */
  acquire(checked: CheckedOperation): SharedExecution {
    const key = keyOf(checked);
    let execution = this.#byKey.get(key);
    if (execution === undefined)
      this.#byKey.set(key, (execution = new SharedExecution(this.#parts, key, checked)));
    execution.refCount++;
    return execution;
  }

  release(execution: SharedExecution): void {
    if (--execution.refCount === 0) this.#byKey.delete(execution.key);
  }
}

/** Operations with equal keys have equal results. An absent variable takes its default, unlike one that is null. */
function keyOf({ query, document, operation, variables }: CheckedOperation): string {
  const cursor = cursorVariable(document, operation);
  const values = (operation.variableDefinitions ?? [])
    .map(({ variable }) => variable.name.value)
    .filter((name) => name !== cursor)
    .map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : []));
  return JSON.stringify([query, operation.name?.value ?? null, values]);
}

/** Name of the variable passed as `after`, if it is used nowhere else. */
function cursorVariable(document: DocumentNode, operation: OperationDefinitionNode): string | null {
  const argument = rootFieldOf(document, operation).arguments?.find(
    ({ name }) => name.value === CURSOR_ARGUMENT,
  );
  if (argument?.value.kind !== Kind.VARIABLE) return null;
  const name = argument.value.name.value;
  let uses = 0;
  visit(document, {
    Variable: (node) => void (node.name.value === name && uses++),
  });
  return uses === 2 ? name : null; // declaration and argument
}

function selectsOutside(types: ReadonlySet<string>, schema: GraphQLSchema, document: DocumentNode): boolean {
  const typeInfo = new TypeInfo(schema);
  let beyond = false;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field() {
        if (!types.has(typeInfo.getParentType()?.name ?? '')) beyond = true;
      },
    }),
  );
  return beyond;
}

/** An update with only leaf fields cannot depend on the viewer. */
function hasOnlyLeafFields(schema: GraphQLSchema, { __typename }: LiveUpdate): boolean {
  const type = schema.getType(__typename);
  return (
    isObjectType(type) &&
    Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)))
  );
}
