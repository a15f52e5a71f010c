import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { CodedError } from '../../platform/errors.ts';
import type { OperationRequest } from '../subscription/subscriber.ts';

const Operation = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Parse the operation from the JSON body of a POST or the parameters of a GET; throws INVALID_REQUEST. */
export function readOperation(request: FastifyRequest): OperationRequest {
  const input =
    request.method === 'GET' ? fromParameters(request.query as Record<string, unknown>) : request.body;
  const operation = Operation.safeParse(input);
  if (operation.success) return operation.data;
  const [issue] = operation.error.issues;
  throw new CodedError(
    'INVALID_REQUEST',
    `Send a GraphQL operation: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

function fromParameters(parameters: Record<string, unknown>): unknown {
  if (typeof parameters['variables'] !== 'string') return parameters;
  try {
    return { ...parameters, variables: JSON.parse(parameters['variables']) as unknown };
  } catch {
    throw new CodedError('INVALID_REQUEST', 'Send a GraphQL operation: variables: must be JSON.');
  }
}
