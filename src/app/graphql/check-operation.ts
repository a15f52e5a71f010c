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

import type { Limits } from '../../platform/config/limits.ts';
import { CodedError } from '../../platform/errors.ts';
import {
  unconditionalRootField,
  type CheckedOperation,
  type OperationRequest,
} from '../../realtime/index.ts';
import { operationCost } from './operation-cost.ts';
import { limitRules, MAX_REPORTED_ERRORS, tooComplex } from './operation-limits.ts';

/** Parsed and validated documents: clients of one page send the same text. */
const MAX_CACHED_DOCUMENTS = 1_000;

export type CheckOperation = (request: OperationRequest) => CheckedOperation | readonly GraphQLError[];

/**
 * Validation of Subscription operations by the rules and limits that Apollo applies to queries. Errors carry the same
 * codes as over HTTP.
 */
export function openOperationChecks(schema: GraphQLSchema, limits: Limits): CheckOperation {
  const rules = [...specifiedRules, ...limitRules(limits)];
  const read = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ max: MAX_CACHED_DOCUMENTS });

  return ({ query, operationName, variables }) => {
    let document = read.get(query);
    if (document === undefined) read.set(query, (document = readDocument(query)));
    if (!('kind' in document)) return document;
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      return [
        new CodedError(
          'INVALID_REQUEST',
          'The document has several operations: choose one with `operationName`.',
        ),
      ];
    }
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [
        new CodedError(
          'INVALID_REQUEST',
          'Only subscriptions are served here; send queries and mutations to `/graphql`.',
        ),
      ];
    }
    const asked = { query, document, operation, variables: variables ?? {} };
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables, {
      maxErrors: MAX_REPORTED_ERRORS,
    });
    if (errors) return errors.map((error) => withCode(error, 'BAD_USER_INPUT'));
    const { cost } = operationCost(schema, document, operation, asked.variables);
    return cost > limits.cost ? [tooComplex('cost', limits.cost, cost)] : asked;
  };

  function readDocument(query: string): DocumentNode | readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: limits.tokens });
    } catch (error) {
      if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
      throw error;
    }
    const options = { maxErrors: MAX_REPORTED_ERRORS };
    const atRoot = validate(schema, document, [unconditionalRootField], options); // first: the other rules may throw on a conditional root field
    const errors = atRoot.length > 0 ? atRoot : validate(schema, document, rules, options);
    if (errors.length === 0) return document;
    return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  }
}

/** Errors of graphql-js have no code; those of our own rules have one. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error instanceof CodedError) return error;
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
