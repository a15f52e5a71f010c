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

import type { Limits } from '../../platform/config.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { operationCost, type OperationCost } from './operation-cost.ts';

/** Tells the engine, which has no status of its own for what plugins throw. */
export const REFUSED = { http: { status: 400, headers: new HeaderMap() } };

/** A request with more mistakes than this is not read by anybody, and each costs time to find and bytes to tell. */
export const MOST_MISTAKES_TOLD = 10;

/** Refuse operations that are too deep, or have too many aliases or directives, wherever their fragments hide them. */
export function guardRules({ depth, aliases, directives }: Limits): ValidationRule[] {
  // The rules of the library throw where GraphQL expects a report, and say what they measured in words alone.
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

/** Refuse operations that could be answered with too much: counted with their variables, before anything is executed. */
export function guardCost(limit: number): ApolloServerPlugin<Context> {
  const known = new WeakMap<OperationDefinitionNode, OperationCost>();
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operation, request }) {
        if (operation === undefined) return;
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw subscriptionOverHttp();
        const measured =
          known.get(operation) ?? operationCost(schema, document, operation, request.variables ?? {});
        if (!measured.variable) known.set(operation, measured);
        if (measured.cost > limit) throw tooComplex('cost', limit, measured.cost);
      },
    }),
  };
}

/** Over a plain request there is one answer, and graphql-js would fail on a subscription as on a bug of ours. */
function subscriptionOverHttp(): CodedError {
  return new CodedError(
    'INVALID_REQUEST',
    'Subscriptions go over a WebSocket to `/graphql`, or as server-sent events from `/graphql/stream`.',
    REFUSED,
  );
}

/** Make the error for an operation that asks too much, with the limit and what was measured. */
export function tooComplex(what: string, limit: number, measured: number): CodedError {
  return new CodedError(
    'OPERATION_TOO_COMPLEX',
    `The operation has ${what} ${measured}; at most ${limit} is taken.`,
    {
      what,
      limit,
      measured,
      ...REFUSED,
    },
  );
}
