import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import type { Limits } from '../../platform/config.ts';
import { CodedError } from '../../platform/errors.ts';
import { unconditionalRootField, type CheckedOperation, type OperationRequest } from '../../realtime/index.ts';
import { operationCost } from './operation-cost.ts';
import { guardRules, MOST_MISTAKES_TOLD, tooComplex } from './operation-limits.ts';

/** Ten thousand fans of one page ask in the same words: they are read once. */
const REMEMBERED_QUERIES = 1_000;

/** Reads and judges one operation; errors carry the codes of the GraphQL engine, as over HTTP. */
export type CheckOperation = (request: OperationRequest) => CheckedOperation | readonly GraphQLError[];

/** Open the check that Subscription operations have to pass: the rules that queries meet in the engine. */
export function openOperationChecks(schema: GraphQLSchema, limits: Limits): CheckOperation {
  const rules = [...specifiedRules, ...guardRules(limits)];
  const read = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ max: REMEMBERED_QUERIES });

  return ({ query, operationName, variables }) => {
    let document = read.get(query);
    if (document === undefined) read.set(query, (document = readDocument(query)));
    if (!('kind' in document)) return document;
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      return [
        new CodedError('INVALID_REQUEST', 'Say by `operationName` which operation of the document is meant.'),
      ];
    }
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [
        new CodedError('INVALID_REQUEST', 'Only subscriptions go this way; send the others to `/graphql`.'),
      ];
    }
    const asked = { query, document, operation, variables: variables ?? {} };
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables, {
      maxErrors: MOST_MISTAKES_TOLD,
    });
    if (errors) return errors.map((error) => coded(error, 'BAD_USER_INPUT'));
    const { cost } = operationCost(schema, document, operation, asked.variables);
    return cost > limits.cost ? [tooComplex('cost', limits.cost, cost)] : asked;
  };

  function readDocument(query: string): DocumentNode | readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: limits.tokens });
    } catch (error) {
      if (error instanceof GraphQLError) return [coded(error, 'GRAPHQL_PARSE_FAILED')];
      throw error;
    }
    const told = { maxErrors: MOST_MISTAKES_TOLD };
    const atRoot = validate(schema, document, [unconditionalRootField], told); // first: where it may not, the engine's rules may throw
    const mistakes = atRoot.length > 0 ? atRoot : validate(schema, document, rules, told);
    if (mistakes.length === 0) return document;
    return mistakes.map((mistake) => coded(mistake, 'GRAPHQL_VALIDATION_FAILED'));
  }
}

/** The engine says by a code what kind of mistake it is, and so do we; those of our own rules have theirs already. */
function coded(error: GraphQLError, code: string): GraphQLError {
  if (error instanceof CodedError) return error;
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
