import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';

/** Which request the running code is answering, for where no argument can carry it: the hooks of the GraphQL engine. */
export const currentRequest = new AsyncLocalStorage<Pick<FastifyRequest, 'id' | 'operationName'>>();
