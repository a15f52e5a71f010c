import type { FastifyReply, FastifyRequest } from 'fastify';

import { ApiError, serverError } from './api-error.ts';
import type { Call } from './call.ts';
import type { AnswerManner } from './cards.ts';
import type { Endpoint } from './endpoint.ts';
import type { Traffic, FaultInjector } from './faults.ts';
import { decodeForm } from './form.ts';
import type { Form } from './form.ts';
import type { KeyClaim, openIdempotency } from './idempotency.ts';
import type { State, StripeFact } from './state.ts';
import type { Webhooks } from './webhooks.ts';

/** What requests are answered with. */
export interface Emulator {
  state: State;
  webhooks: Webhooks;
  trouble: FaultInjector;
  idempotency: ReturnType<typeof openIdempotency>;
  /** How often each endpoint was called: `POST /v1/refunds` → 2. */
  calls: Map<string, number>;
  /** Where this emulator can be reached; known once it listens. */
  origin: () => string;
}

interface Answer {
  status: number;
  body: string;
  facts: readonly StripeFact[];
  manner: AnswerManner | undefined;
  /** The request that is being replayed. */
  original?: string;
}

/**
 * Answer one call of Stripe's API: trouble, idempotency, the work, its webhooks, and trouble again.
 *
 * The work and the answer kept for its key are one transaction, so that a crash cannot leave a charge
 * that a retry would make a second time.
 */
export async function answer(
  emulator: Emulator,
  endpoint: Endpoint,
  request: FastifyRequest<{ Params: { id?: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const path = request.url.split('?', 1)[0]!;
  const traffic: Traffic = {
    id: request.id,
    method: endpoint.method,
    pattern: endpoint.url,
    path,
    response: reply.raw,
  };
  const early = await emulator.trouble.meet('before', traffic);
  if (early === 'gone') return reply.hijack();
  if (early instanceof ApiError) throw early;

  const form = decodeForm(endpoint.method === 'GET' ? request.url.slice(path.length + 1) : bodyOf(request));
  const key = endpoint.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  using claim = typeof key === 'string' ? emulator.idempotency.claim(key, path, form) : null;
  if (typeof key === 'string') reply.header('idempotency-key', key);

  const given = claim?.stored ? replayed(claim) : perform(emulator, endpoint, request, form, claim);
  const told = emulator.webhooks.accept(given.facts);
  if (given.manner === 'webhook-first') await told;
  if (given.manner === 'stall' && (await emulator.trouble.stall(traffic)) === 'gone') return reply.hijack();

  const late = await emulator.trouble.meet('after', traffic);
  if (late === 'gone') return reply.hijack();
  if (late instanceof ApiError) throw late;

  if (given.original !== undefined) {
    reply.headers({ 'idempotent-replayed': 'true', 'original-request': given.original });
  }
  if (given.status >= 500) reply.header('stripe-should-retry', 'false'); // the key would replay it
  // Not awaited: the key is free once the answer is on its way, and the client may come right back with it.
  return reply.code(given.status).type('application/json').send(given.body);
}

function perform(
  { state, webhooks, origin }: Emulator,
  endpoint: Endpoint,
  request: FastifyRequest<{ Params: { id?: string } }>,
  form: Form,
  claim: KeyClaim | null,
): Answer {
  const work = endpoint.prepare(form); // what it refuses is not remembered
  const key = request.headers['idempotency-key'];
  const call: Call = {
    state,
    origin: origin(),
    request: { id: request.id, idempotency_key: typeof key === 'string' ? key : null },
    facts: [],
  };
  try {
    return state.transaction(() => {
      const reply = attempt(() => work(call, request.params.id ?? ''));
      recordFacts(state, webhooks, call.facts);
      const refused =
        reply instanceof ApiError ? reply : reply.manner === 'server-error' ? serverError() : null;
      const status = refused?.status ?? 200;
      const body = JSON.stringify(
        refused ? { error: refused.body } : (reply as { body: object }).body,
        null,
        2,
      );
      claim?.remember(request.id, status, body);
      return { status, body, facts: call.facts, manner: reply.manner };
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const body = JSON.stringify({ error: error.body }, null, 2);
    if (error.remembered) claim?.remember(request.id, error.status, body);
    return { status: error.status, body, facts: [], manner: error.manner };
  }
}

/** A card's refusal is kept with all that led to it; any other refusal undoes what was begun. */
function attempt<T>(work: () => T): T | ApiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 402) return error;
    throw error;
  }
}

/** Keep the facts of a call, in its transaction; whether a webhook is owed is decided here. */
export function recordFacts(state: State, webhooks: Webhooks, facts: readonly StripeFact[]): void {
  for (const fact of facts) {
    fact.pending_webhooks = webhooks.behaviour.url === null ? 0 : 1;
    state.insert('event', fact, { type: fact.type });
  }
}

function replayed({ stored }: KeyClaim): Answer {
  const { status, body, requestId } = stored!;
  return { status, body, facts: [], manner: undefined, original: requestId };
}

function bodyOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : '';
}
