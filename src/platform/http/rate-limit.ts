import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { TokenReader } from '../auth/tokens.ts';
import type { AuthenticatedViewer } from '../auth/viewer.ts';
import { UNKNOWN_ADDRESS } from '../rate-limit/address-key.ts';
import type { Allowance, LocalRequest } from '../rate-limit/limit.ts';
import { countWeight, rateLimited, type RateLimits, type Requester } from '../rate-limit/rate-limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route counts requests itself, once it knows whose they are. */
    countsRequests?: boolean;
  }
  interface FastifyRequest {
    /** Read once, as it arrives: Fastify's `ip`, which is undefined, against its type, once the connection is gone. */
    clientAddress: string;
    /** The tightest limit of this request so far, which the `ratelimit-*` headers report. */
    allowance: Allowance | null;
    /** Of a route that counts in this process first: counts the request across all processes. */
    shareCount: LocalRequest['share'] | null;
  }
}

/** Whom a request counts against, after `authenticate`. */
export const requesterOf = ({ viewer, clientAddress: address }: FastifyRequest): Requester => ({
  viewer,
  address,
});

/**
 * Count every request against its address before the body is read. Routes that read tokens count once they know the viewer,
 * below a higher limit of the address, so that people behind one address do not share a limit.
 */
export function limitRequests(server: FastifyInstance, rateLimits: RateLimits): void {
  server.decorateRequest('clientAddress', UNKNOWN_ADDRESS);
  server.decorateRequest('allowance', null);
  server.decorateRequest('shareCount', null);
  server.addHook('onRequest', async (request, reply) => {
    request.clientAddress = request.ip ?? UNKNOWN_ADDRESS;
    const { probe, countsRequests } = request.routeOptions.config;
    if (probe) return;
    const arrival = rateLimits.arrival(request.clientAddress);
    if (countsRequests && arrival.allowed) {
      request.allowance = arrival; // the route reports it with its own
      return;
    }
    applyAllowance(arrival, request, reply);
    applyAllowance(
      await rateLimits.request({ viewer: null, address: request.clientAddress }),
      request,
      reply,
    );
  });
}

/** Verify the token, if there is one. A request whose token is not accepted counts against its address. */
export async function authenticate(
  request: FastifyRequest,
  reply: FastifyReply,
  { tokens, rateLimits }: { tokens: TokenReader; rateLimits: RateLimits },
): Promise<AuthenticatedViewer | null> {
  try {
    return await tokens.read(request.headers.authorization);
  } catch (error) {
    const requester = { viewer: null, address: request.clientAddress, isTokenRefused: true };
    applyAllowance(await rateLimits.request(requester), request, reply);
    throw error;
  }
}

/** Count a request in this process, before it is known whether it is worth a call to Redis; throws RATE_LIMITED. */
export function applyLocalCount(rateLimits: RateLimits, request: FastifyRequest, reply: FastifyReply): void {
  const { allowance, share } = rateLimits.localRequest(requesterOf(request));
  request.shareCount = share;
  applyAllowance(allowance, request, reply);
}

/** Count it across all processes; throws RATE_LIMITED. */
export async function applySharedCount(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.shareCount !== null) applyAllowance(await request.shareCount(), request, reply);
}

/** Count what a request weighs; throws RATE_LIMITED. */
export async function applyWeight(
  rateLimits: RateLimits,
  request: FastifyRequest,
  reply: FastifyReply,
  weight: number,
): Promise<void> {
  const allowance = await countWeight(rateLimits, requesterOf(request), weight, request.allowance);
  applyAllowance(allowance, request, reply, weight);
}

/** Report the tightest limit in headers; throws RATE_LIMITED if it is exceeded. */
export function applyAllowance(
  allowance: Allowance,
  request: FastifyRequest,
  reply: FastifyReply,
  weight?: number,
): void {
  const tighter =
    request.allowance !== null && request.allowance.remaining < allowance.remaining
      ? request.allowance
      : allowance;
  request.allowance = tighter;
  reply.headers({
    'ratelimit-limit': String(tighter.limit),
    'ratelimit-remaining': String(tighter.remaining),
    'ratelimit-reset': String(tighter.resetSeconds),
  });
  if (!allowance.allowed) throw rateLimited(allowance, weight);
}
