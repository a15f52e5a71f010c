import type { ApolloServerPlugin } from '@apollo/server';
import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql';

import { ClientGone } from '../../platform/errors.ts';
import type { Context, ResponseSize } from '../context.ts';
import { tooComplex } from './operation-limits.ts';

/** Fields of a response, in multiples of LIMIT_COST: a plan of 100,000 places, drawn in full, has some 50,000. */
const FIELDS_PER_COST = 20;
/** Numbers and strings of a list take less time and memory than fields. */
const LEAVES_PER_FIELD = 25;

/** Fields below lists in the response so far. Fields that no list multiplies are bounded by the cost. */
export class FieldCounter implements ResponseSize {
  readonly #maxFields: number;
  readonly #signal: AbortSignal;
  #fields = 0;
  #isStopped = false;
  #isTooLarge = false;

  constructor(limits: { cost: number }, signal: AbortSignal) {
    this.#maxFields = limits.cost * FIELDS_PER_COST;
    this.#signal = signal;
  }

  get isTooLarge(): boolean {
    return this.#isTooLarge;
  }

  error(): Error {
    return tooComplex('fields', this.#maxFields, Math.ceil(this.#fields));
  }

  /**
   * Count a list before its items are resolved. The first that exceeds the limit, or that no client waits for, throws; later
   * ones are empty, because each error of 100,000 lists would take longer than its items.
   */
  admit<List extends readonly unknown[]>(list: List, fieldsOf: () => number): List | [] {
    if (this.#isStopped) return [];
    if (this.#signal.aborted) {
      this.#isStopped = true;
      throw new ClientGone();
    }
    this.#fields += list.length * fieldsOf();
    if (this.#fields <= this.#maxFields) return list;
    this.#isStopped = this.#isTooLarge = true;
    throw this.error();
  }
}

/** Wrap the resolvers of lists, so that each counts its items. */
export function countFields(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      if (!isListType(getNullableType(field.type))) return field;
      const hasObjects = isCompositeType(getNamedType(field.type));
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: Context, info) => {
        const fieldsOf = hasObjects ? () => fieldsOfItem(info) : () => 1 / LEAVES_PER_FIELD;
        const admit = (list: unknown): unknown =>
          Array.isArray(list) ? context.responseSize.admit(list, fieldsOf) : list;
        const resolved: unknown = resolve(source, args, context, info);
        return resolved instanceof Promise ? resolved.then(admit) : admit(resolved);
      };
      return field;
    },
  });
}

/** Answer a response that became too large with that error alone, not with the part that was resolved before it. */
export function refuseLargeResponses(
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, response }) {
        if (!contextValue.responseSize.isTooLarge || response.body.kind !== 'single') return;
        const error = contextValue.responseSize.error();
        response.body.singleResult.data = null;
        response.body.singleResult.errors = [formatError({ message: error.message }, error)];
        response.http.status = 400;
      },
    }),
  };
}

/** By selection, so that a document is counted once, not a row of each section. */
const fieldsBySelections = new WeakMap<SelectionSetNode, number>();

/** Upper bound of the fields of one item, without those below further lists, which count themselves. */
function fieldsOfItem({ fieldNodes, returnType, schema, fragments }: GraphQLResolveInfo): number {
  const type = getNamedType(returnType);
  return fieldNodes.reduce((sum, { selectionSet }) => sum + ofSelections(selectionSet, type), 0);

  function ofSelections(set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined): number {
    if (set === undefined) return 0;
    const known = fieldsBySelections.get(set);
    if (known !== undefined) return known;
    const fields = set.selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + ofField(node, type);
      const fragment: FragmentDefinitionNode | InlineFragmentNode | undefined =
        node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
      const condition = fragment?.typeCondition?.name.value;
      return sum + ofSelections(fragment?.selectionSet, condition ? schema.getType(condition) : type);
    }, 0);
    fieldsBySelections.set(set, fields);
    return fields;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): number {
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined || isListType(getNullableType(field.type))) return 1;
    return 1 + ofSelections(node.selectionSet, getNamedType(field.type));
  }
}
