import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { CodedError, type ErrorCode } from '../errors.ts';
import type { Platform } from '../index.ts';
import { tooLarge } from './body-limit.ts';
import { errorEntry, HTTP_STATUS, publicError, reportError } from './public-error.ts';
import { noRoute } from './transport-checks.ts';

/** Return errors from outside the GraphQL engine in its format: `{ errors: [{ message, extensions }] }`. */
export function answerErrors(server: FastifyInstance, platform: Pick<Platform, 'log' | 'metrics'>): void {
  server.setErrorHandler((error, request, reply) => sendError(error, request, reply, platform));
  server.setNotFoundHandler((request, reply) => sendError(noRoute(), request, reply, platform));
}

/** Send one error as the response. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  platform: Pick<Platform, 'log' | 'metrics'>,
): FastifyReply {
  const { status, shown } = classify(error, request);
  const code = shown.extensions['code'] as ErrorCode;
  reportError(platform, error, code, request.id);
  const { retryAfterSeconds } = shown.extensions;
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds));
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer error="invalid_token"');
  if (code === 'BODY_TOO_LARGE') reply.header('connection', 'close'); // or the rest of the body would still arrive
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('x-request-id', request.id)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [errorEntry(code, shown.message, shown.extensions, request.id)] }));
}

/** Map an error to its status and its public form. Messages of Fastify's 4xx errors are safe to return. */
function classify(error: unknown, request: FastifyRequest): { status: number; shown: CodedError } {
  const { code, statusCode, message } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { status: HTTP_STATUS.BODY_TOO_LARGE, shown: tooLarge(request.routeOptions.bodyLimit) };
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return {
      status: 415,
      shown: new CodedError('INVALID_REQUEST', 'The content type must be application/json.'),
    };
  }
  const isClientError = !(error instanceof CodedError) && typeof statusCode === 'number' && statusCode < 500;
  if (isClientError && statusCode >= 400) {
    return {
      status: statusCode,
      shown: new CodedError('INVALID_REQUEST', message ?? 'The request is malformed.'),
    };
  }
  const shown = publicError(error);
  return { status: HTTP_STATUS[shown.extensions['code'] as ErrorCode], shown };
}
