import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';

/** The current request, for hooks of the GraphQL engine, which do not pass it as an argument. */
export const currentRequest = new AsyncLocalStorage<Pick<FastifyRequest, 'id' | 'operationName'>>();
