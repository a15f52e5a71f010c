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

/** A Subscription operation that was found to be good. */
export interface CheckedOperation {
  /** As the client wrote it. */
  query: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/** What executing takes. */
export interface ExecutionParts {
  schema: GraphQLSchema;
  metrics: Pick<Platform['metrics'], 'realtimeExecutions'>;
  contextFor(follower: Subscriber): Context;
  formatError(error: GraphQLError, requestId: string): GraphQLFormattedError;
}

/** Whoever is meant by a result that all may see. */
const ANONYMOUS: Subscriber = { viewer: null, address: 'none', requestId: 'shared' };
/** Where a result never depends on who is looking. `Event` is not here: organisers see more of theirs. */
const VIEWER_INDEPENDENT_TYPES = new Set([
  'Subscription',
  'SeatMapUpdate',
  'SeatMap',
  'SeatMapDelta',
  'SeatMapSection',
  'SeatMapTier',
  'Money',
]);
/** The argument that says where a follower begins: it does not make a query another one. */
const CURSOR_ARGUMENT = 'after';

/** A selection that one or more subscribers asked for in the same words: executed and serialised once per update. */
export class SharedExecution {
  readonly #parts: ExecutionParts;
  /** What all who ask alike have in common. */
  readonly key: string;
  /** What was asked for, as the first of them put it. */
  readonly checked: CheckedOperation;
  readonly #dependsOnViewer: boolean;
  /** Keyed by identity: everyone who follows an Event is handed the same object. */
  readonly #payloads = new WeakMap<LiveUpdate, Payload | Promise<Payload>>();
  /** How many subscribers hold it. */
  refCount = 0;

  constructor(parts: ExecutionParts, key: string, asked: CheckedOperation) {
    this.#parts = parts;
    this.key = key;
    this.checked = asked;
    this.#dependsOnViewer = selectsOutside(VIEWER_INDEPENDENT_TYPES, parts.schema, asked.document);
  }

  /** The result for an update, ready to be written. Only a result that may differ by viewer is made for this viewer alone. */
  payload(update: LiveUpdate, follower: Subscriber): Payload | Promise<Payload> {
    if (this.#dependsOnViewer && follower.viewer !== null && !hasOnlyLeafFields(this.#parts.schema, update)) {
      return this.#execute(update, follower);
    }
    let payload = this.#payloads.get(update);
    if (payload === undefined) {
      payload = this.#execute(update, ANONYMOUS);
      this.#payloads.set(update, payload);
    }
    return payload;
  }

  #execute(update: LiveUpdate, follower: Subscriber): Payload | Promise<Payload> {
    const { schema, metrics } = this.#parts;
    const { document, operation, variables } = this.checked;
    metrics.realtimeExecutions.inc();
    const result = execute({
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: variables,
      rootValue: { [rootFieldOf(document, operation).name.value]: update }, // an alias changes nothing about that
      contextValue: this.#parts.contextFor(follower),
    });
    const serialise = ({ data, errors }: ExecutionResult) =>
      new Payload(
        JSON.stringify({
          data: data ?? null,
          ...(errors && {
            errors: errors.map((error) => this.#parts.formatError(error, follower.requestId)),
          }),
        }),
        update.cursor,
      );
    return result instanceof Promise ? result.then(serialise) : serialise(result);
  }
}

/** The distinct queries that somebody follows. */
export class SharedExecutions {
  readonly #parts: ExecutionParts;
  readonly #byKey = new Map<string, SharedExecution>();

  constructor(parts: ExecutionParts) {
    this.#parts = parts;
  }

  /** Hold the query of these words and variables, together with everyone who asks alike; `release` it once. */
  acquire(asked: CheckedOperation): SharedExecution {
    const key = keyOf(asked);
    let query = this.#byKey.get(key);
    if (query === undefined) this.#byKey.set(key, (query = new SharedExecution(this.#parts, key, asked)));
    query.refCount++;
    return query;
  }

  /** Let go of it. */
  release(query: SharedExecution): void {
    if (--query.refCount === 0) this.#byKey.delete(query.key);
  }
}

/** Two operations of one key have one result: words, name, and those variables that the selection can depend on. */
function keyOf({ query, document, operation, variables }: CheckedOperation): string {
  const begins = cursorVariable(document, operation);
  const values = (operation.variableDefinitions ?? [])
    .map(({ variable }) => variable.name.value)
    .filter((name) => name !== begins)
    .map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : [])); // null is no default value
  return JSON.stringify([query, operation.name?.value ?? null, values]);
}

/** The variable that is given as `after`, if it serves for nothing else. */
function cursorVariable(document: DocumentNode, operation: OperationDefinitionNode): string | null {
  const given = rootFieldOf(document, operation).arguments?.find(
    ({ name }) => name.value === CURSOR_ARGUMENT,
  );
  if (given?.value.kind !== Kind.VARIABLE) return null;
  const name = given.value.name.value;
  let uses = 0;
  visit(document, {
    Variable: (node) => void (node.name.value === name && uses++),
  });
  return uses === 2 ? name : null; // where it is declared, and there
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

/** An update of leaves alone leads to nothing that could be personal. */
function hasOnlyLeafFields(schema: GraphQLSchema, { __typename }: LiveUpdate): boolean {
  const type = schema.getType(__typename);
  return (
    isObjectType(type) &&
    Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)))
  );
}
