import type { FastifyReply, FastifyRequest } from 'fastify';

import { ApiError, lockTimeout, serverError } from './api-error.ts';
import type { Call } from './call.ts';
import type { ResponseMode } from './cards.ts';
import type { Endpoint } from './endpoint.ts';
import type { FaultInjector, RequestInfo } from './faults.ts';
import { decodeForm } from './form.ts';
import type { Form } from './form.ts';
import type { KeyClaim, openIdempotency } from './idempotency.ts';
import type { State, StripeEvent } from './state.ts';
import type { Webhooks } from './webhooks.ts';

/** Dependencies of the request handlers. */
export interface Emulator {
  state: State;
  webhooks: Webhooks;
  faultInjector: FaultInjector;
  idempotency: ReturnType<typeof openIdempotency>;
  /** Ids of the objects that a request is changing: Stripe admits one at a time. */
  locked: Set<string>;
  /** Number of calls per endpoint: `POST /v1/refunds` → 2. */
  calls: Map<string, number>;
  /** Base URL of this emulator; known once it listens. */
  origin: () => string;
}

interface ApiResponse {
  status: number;
  body: string;
  events: readonly StripeEvent[];
  responseMode: ResponseMode | undefined;
  /** Id of the first request, if the response is a replay. */
  replayedRequestId?: string;
}

/**
 * Handle a request of Stripe's API: faults, idempotency key, endpoint, webhooks, faults again.
 *
 * The effect and the response stored for the key are one transaction, so that a retry after a crash cannot charge twice.
 */
export async function handleRequest(
  emulator: Emulator,
  endpoint: Endpoint,
  request: FastifyRequest<{ Params: { id?: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const path = request.url.split('?', 1)[0]!;
  const info: RequestInfo = {
    id: request.id,
    method: endpoint.method,
    pattern: endpoint.url,
    path,
    response: reply.raw,
  };
  const faultBefore = await emulator.faultInjector.inject('before', info);
  if (faultBefore === 'disconnected') return reply.hijack();
  const storedFault = faultBefore instanceof ApiError && faultBefore.replayable ? faultBefore : null;
  if (faultBefore instanceof ApiError && storedFault === null) throw faultBefore;

  const form = decodeForm(endpoint.method === 'GET' ? request.url.slice(path.length + 1) : bodyOf(request));
  const key = endpoint.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  using claim = typeof key === 'string' ? emulator.idempotency.claim(key, path, form) : null;
  if (typeof key === 'string') reply.header('idempotency-key', key);

  using locks = new DisposableStack();
  const changed = endpoint.changes?.(emulator.state, form) ?? request.params.id;
  if (endpoint.method === 'POST' && changed !== undefined && !claim?.stored)
    locks.use(lockObject(emulator.locked, changed));
  const response = claim?.stored
    ? replayOf(claim)
    : execute(emulator, endpoint, request, form, claim, storedFault);
  const delivered = emulator.webhooks.accept(response.events);
  if (response.responseMode === 'webhook-first') await delivered;
  if (response.responseMode === 'stall' && (await emulator.faultInjector.stall(info)) === 'disconnected')
    return reply.hijack();

  const faultAfter = await emulator.faultInjector.inject('after', info);
  if (faultAfter === 'disconnected') return reply.hijack();
  if (faultAfter instanceof ApiError) throw faultAfter;

  if (response.replayedRequestId !== undefined) {
    reply.headers({ 'idempotent-replayed': 'true', 'original-request': response.replayedRequestId });
  }
  if (response.status >= 500) reply.header('stripe-should-retry', 'false'); // the idempotency key would replay it
  // Not awaited: the claim ends when the response is sent, and the client may reuse the key at once.
  return reply.code(response.status).type('application/json').send(response.body);
}

/** Lock an object until the response is sent; another request for it gets a `lock_timeout`, which no key replays. */
function lockObject(locked: Set<string>, id: string): Disposable {
  if (locked.has(id)) throw lockTimeout();
  locked.add(id);
  return { [Symbol.dispose]: () => locked.delete(id) };
}

function execute(
  { state, webhooks, origin }: Emulator,
  endpoint: Endpoint,
  request: FastifyRequest<{ Params: { id?: string } }>,
  form: Form,
  claim: KeyClaim | null,
  fault: ApiError | null,
): ApiResponse {
  const prepared = endpoint.prepare(form); // parameter errors are not stored
  const work: typeof prepared = (call, id) => {
    if (fault !== null) throw fault;
    return prepared(call, id);
  };
  const key = request.headers['idempotency-key'];
  const call: Call = {
    state,
    origin: origin(),
    request: { id: request.id, idempotency_key: typeof key === 'string' ? key : null },
    events: [],
  };
  try {
    return state.transaction(() => {
      const result = runWork(() => work(call, request.params.id ?? ''));
      recordEvents(state, webhooks, call.events);
      const error =
        result instanceof ApiError ? result : result.responseMode === 'server-error' ? serverError() : null;
      const status = error?.status ?? 200;
      const body = JSON.stringify(error ? { error: error.body } : (result as { body: object }).body, null, 2);
      claim?.store(request.id, status, body);
      return { status, body, events: call.events, responseMode: result.responseMode };
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const body = JSON.stringify({ error: error.body }, null, 2);
    if (error.replayable) claim?.store(request.id, error.status, body);
    return { status: error.status, body, events: [], responseMode: error.responseMode };
  }
}

/** Return a decline (402), so that its effects are committed; any other error rolls back. */
function runWork<T>(work: () => T): T | ApiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 402) return error;
    throw error;
  }
}

/** Insert the events of a call, in its transaction, and decide whether webhooks are due. */
export function recordEvents(state: State, webhooks: Webhooks, events: readonly StripeEvent[]): void {
  for (const event of events) {
    event.pending_webhooks = webhooks.behaviour.url === null ? 0 : 1;
    state.insert('event', event, { type: event.type });
  }
}

function replayOf({ stored }: KeyClaim): ApiResponse {
  const { status, body, requestId } = stored!;
  return { status, body, events: [], responseMode: undefined, replayedRequestId: requestId };
}

function bodyOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : '';
}
