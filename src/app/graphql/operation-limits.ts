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
  const reporting = (what: string, limit: number) => ({
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

/** Refuse operations whose cost, with their variables, is over the limit, before execution. */
export function limitCost(limit: number): ApolloServerPlugin<Context> {
  const known = new WeakMap<OperationDefinitionNode, OperationCost>();
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operation, request }) {
        if (operation === undefined) return;
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw subscriptionOverHttp();
        const measured =
          known.get(operation) ?? operationCost(schema, document, operation, request.variables ?? {});
        if (!measured.dependsOnVariables) known.set(operation, measured);
        if (measured.cost > limit) throw tooComplex('cost', limit, measured.cost);
      },
    }),
  };
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

/** OPERATION_TOO_COMPLEX with the limit and the measured value. */
export function tooComplex(what: string, limit: number, measured: number): CodedError {
  return new CodedError(
    'OPERATION_TOO_COMPLEX',
    `The operation has ${what} ${measured}; the limit is ${limit}.`,
    {
      what,
      limit,
      measured,
      ...BAD_REQUEST_STATUS,
    },
  );
}
