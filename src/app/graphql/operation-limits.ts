import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  OperationTypeNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

import type { Limits } from '../../platform/config/limits.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { countMutationFields } from './mutation-fields.ts';
import { operationCost, type OperationCost } from './operation-cost.ts';

/** Apollo answers 500 to errors of plugins without a status. */
export const BAD_REQUEST_STATUS = { http: { status: 400, headers: new HeaderMap() } };

/** Validation errors in one response; each costs time to find and bytes to send. */
export const MAX_REPORTED_ERRORS = 10;

/** Validation rules for depth, aliases and directives, fragments included. */
export function limitRules({ depth, aliases, directives }: Limits): ValidationRule[] {
  // graphql-armor throws instead of reporting, and states the measured value in its message only.
  const reporting = (what: 'depth' | 'aliases' | 'directives', limit: number) => ({
    n: limit,
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null, { message }: GraphQLError) =>
        context?.reportError(tooComplex(what, limit, Number(/found (\d+)/.exec(message)?.[1] ?? limit + 1))),
    ],
  });
  return [
    (context) => maxDepthRule({ ...reporting('depth', depth), flattenFragments: true })(context),
    (context) => maxAliasesRule({ ...reporting('aliases', aliases), allowList: [] })(context),
    (context) => maxDirectivesRule(reporting('directives', directives))(context),
  ];
}

/**
 * Refuse operations whose cost or weight, with their variables, is over the limit, before execution; count the weight of the
 * others. A request with `extensions: { cost: true }` gets both in the `extensions` of its answer.
 */
export function limitCost(limits: Limits): ApolloServerPlugin<Context> {
  const known = new WeakMap<OperationDefinitionNode, OperationCost>();
  return {
    async requestDidStart() {
      let measured: OperationCost | null = null;
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (operation === undefined) return;
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw subscriptionOverHttp();
          measured =
            known.get(operation) ?? operationCost(schema, document, operation, request.variables ?? {});
          if (!measured.dependsOnVariables) known.set(operation, measured);
          const exceeded = exceededCost(measured, limits);
          if (exceeded !== null) throw exceeded;
          if (measured.weight > 1) await contextValue.countWeight(measured.weight).catch(rejectWithStatus);
        },
        async willSendResponse({ request, response }) {
          if (measured === null || request.extensions?.['cost'] !== true) return;
          if (response.body.kind !== 'single') return;
          const { cost: fields, weight } = measured;
          response.body.singleResult.extensions = { cost: { fields, weight } };
        },
      };
    },
  };
}

/** OPERATION_TOO_COMPLEX if the operation costs or weighs too much. What weighs more than a minute allows would never pass. */
export function exceededCost({ cost, weight }: OperationCost, limits: Limits): CodedError | null {
  if (cost > limits.cost) return tooComplex('cost', limits.cost, cost);
  const maxWeight = Math.min(limits.weight, limits.requestsPerMinute);
  return weight > maxWeight ? tooComplex('weight', maxWeight, weight) : null;
}

/** Apollo answers 500 to an error without a status. */
function rejectWithStatus(error: unknown): never {
  if (error instanceof CodedError) {
    const retryAfter = String(error.extensions['retryAfterSeconds']);
    error.extensions['http'] = { status: 429, headers: new HeaderMap([['retry-after', retryAfter]]) };
  }
  throw error;
}

/**
 * Refuse operations with more mutation fields than the limit, before the first is executed: graphql-js would run them one
 * after another, so that one request could try twenty payments.
 */
export function limitMutationFields(limit: number): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operation, request }) {
        if (operation?.operation !== OperationTypeNode.MUTATION) return;
        const count = countMutationFields(schema, document, operation, request.variables ?? {});
        if (count > limit) throw tooComplex('mutationFields', limit, count);
      },
    }),
  };
}

/** graphql-js would fail on a subscription over a plain request with an internal error. */
function subscriptionOverHttp(): CodedError {
  return new CodedError(
    'INVALID_REQUEST',
    'Subscriptions are served over WebSocket at `/graphql`, or as server-sent events at `/graphql/stream`.',
    BAD_REQUEST_STATUS,
  );
}

/** What is measured, for people. */
const MEASURES = {
  tokens: (n: number) => `${n} tokens`,
  depth: (n: number) => `a depth of ${n}`,
  aliases: (n: number) => `${n} aliases`,
  directives: (n: number) => `${n} directives`,
  cost: (n: number) => `a cost of ${n}`,
  weight: (n: number) => `a weight of ${n}`,
  mutationFields: (n: number) => `${n} mutation fields`,
  fields: (n: number) => `${n} fields below its lists`,
};

/** OPERATION_TOO_COMPLEX with the limit and the measured value. */
export function tooComplex(what: keyof typeof MEASURES, limit: number, measured: number): CodedError {
  return new CodedError(
    'OPERATION_TOO_COMPLEX',
    `The operation has ${MEASURES[what](measured)}; the limit is ${limit}.`,
    {
      what,
      limit,
      measured,
      ...BAD_REQUEST_STATUS,
    },
  );
}

/** The entry that ends a list of errors: graphql-js stops at the limit, so the real count is unknown. */
export function tooManyErrors(): CodedError {
  return new CodedError(
    'OPERATION_TOO_COMPLEX',
    `The document has more than ${MAX_REPORTED_ERRORS} errors: the first ${MAX_REPORTED_ERRORS} are listed, and the rest was not checked.`,
    {
      what: 'errors',
      limit: MAX_REPORTED_ERRORS,
      measured: MAX_REPORTED_ERRORS + 1,
      advice: 'Correct the errors that are listed with it.',
      ...BAD_REQUEST_STATUS,
    },
  );
}
