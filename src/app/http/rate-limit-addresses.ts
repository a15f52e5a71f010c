import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { rateLimited, type Allowance, type RateLimits } from '../../platform/rate-limit/rate-limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Most requests are cache hits: the route calls `rateLimitAddress` itself after a miss. */
    mostlyCached?: boolean;
  }
}

/**
 * Count every request against its address before the body is read, and report the rest in `ratelimit-*` headers. Counted in
 * Redis; routes that are mostly cached count in this process first, because Redis would take longer than the hit.
 */
export function rateLimitAddresses(server: FastifyInstance, rateLimits: RateLimits): void {
  server.addHook('onRequest', async (request, reply) => {
    const { probe, mostlyCached } = request.routeOptions.config;
    if (probe) return;
    if (mostlyCached) applyAllowance(await rateLimits.arrival(request.ip), reply);
    else await rateLimitAddress(rateLimits, request, reply);
  });
}

/** Count a request against its address, shared between processes. */
export async function rateLimitAddress(
  rateLimits: RateLimits,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  applyAllowance(await rateLimits.request(request.ip), reply);
}

function applyAllowance(allowance: Allowance, reply: FastifyReply): void {
  const reported = Number(reply.getHeader('ratelimit-remaining') ?? Infinity);
  reply.headers({
    'ratelimit-limit': String(allowance.limit),
    'ratelimit-remaining': String(Math.min(allowance.remaining, reported)),
    'ratelimit-reset': String(allowance.resetSeconds),
  });
  if (!allowance.allowed) throw rateLimited(allowance, 'requests from one address');
}
