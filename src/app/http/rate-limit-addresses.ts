import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { rateLimited, type Allowance, type RateLimits } from '../../platform/rate-limit/rate-limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers mostly from memory: counts its requests by `limitAddress` once it turns out that they cost more. */
    mostlyFromMemory?: boolean;
  }
}

/**
 * Count every request against its address, before anything is read or checked; say in headers what is left. With everybody
 * else, or in this process alone where an answer is likely to be there already: asking Redis would take longer.
 */
export function limitAddresses(server: FastifyInstance, rateLimits: RateLimits): void {
  server.addHook('onRequest', async (request, reply) => {
    const { probe, mostlyFromMemory } = request.routeOptions.config;
    if (probe) return;
    if (mostlyFromMemory) allow(await rateLimits.arrival(request.ip), reply);
    else await limitAddress(rateLimits, request, reply);
  });
}

/** Count a request against its address, wherever that asks. */
export async function limitAddress(
  rateLimits: RateLimits,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  allow(await rateLimits.request(request.ip), reply);
}

function allow(allowance: Allowance, reply: FastifyReply): void {
  const saidBefore = Number(reply.getHeader('ratelimit-remaining') ?? Infinity);
  reply.headers({
    'ratelimit-limit': String(allowance.limit),
    'ratelimit-remaining': String(Math.min(allowance.remaining, saidBefore)),
    'ratelimit-reset': String(allowance.resetSeconds),
  });
  if (!allowance.allowed) throw rateLimited(allowance, 'requests from one address');
}
