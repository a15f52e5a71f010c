import { createHash } from 'node:crypto';
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

import type { Limits } from '../../platform/config/limits.ts';
import { CodedError } from '../../platform/errors.ts';
import {
  unconditionalRootField,
  type CheckedOperation,
  type OperationRequest,
} from '../../realtime/index.ts';
import { bytesOf, DocumentCache, type CachedDocument } from './document-cache.ts';
import { operationCost } from './operation-cost.ts';
import { exceededCost, limitRules, MAX_REPORTED_ERRORS } from './operation-limits.ts';

/** Of parsed and validated documents: clients of one page send the same text. */
const MAX_DOCUMENT_BYTES = 16 * 2 ** 20;

export type CheckOperation = (request: OperationRequest) => CheckedOperation | readonly GraphQLError[];

/**
 * Validation of Subscription operations by the rules and limits that Apollo applies to queries. Errors carry the same
 * codes as over HTTP.
 */
export function openOperationChecks(schema: GraphQLSchema, limits: Limits): CheckOperation {
  const rules = [...specifiedRules, ...limitRules(limits)];
  const read = new DocumentCache(MAX_DOCUMENT_BYTES);

  return ({ query, operationName, variables }) => {
    const key = createHash('sha256').update(query).digest('base64url');
    const checked = read.find(key) ?? readDocument(query, key);
    if (!('document' in checked)) return checked;
    const { document, bytes } = checked;
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
    const asked = { document, bytes, operation, variables: variables ?? {} };
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables, {
      maxErrors: MAX_REPORTED_ERRORS,
    });
    if (errors) return errors.map((error) => withCode(error, 'BAD_USER_INPUT'));
    const measured = operationCost(schema, document, operation, asked.variables);
    const exceeded = exceededCost(measured, limits);
    return exceeded === null ? { ...asked, weight: measured.weight } : [exceeded];
  };

  /** Valid documents are kept; errors are not, as they keep the source and its syntax tree. */
  function readDocument(query: string, key: string): CachedDocument | readonly GraphQLError[] {
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
    if (errors.length === 0) {
      // locations would be wrong for subscribers who wrote it differently, and take half of the memory
      const checked = { document: parse(query, { noLocation: true }), bytes: bytesOf(document) };
      read.keep(key, checked);
      return checked;
    }
    return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  }
}

/** Errors of graphql-js have no code; those of our own rules have one. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error instanceof CodedError) return error;
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
