import type { FastifyInstance } from 'fastify';

import { rateLimited, type RateLimits } from '../platform/rate-limit/rate-limits.ts';

/** Count every request against its address, before anything is read or checked; say in headers what is left. */
export function limitAddresses(server: FastifyInstance, rateLimits: RateLimits): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.probe) return;
    const allowance = await rateLimits.request(request.ip);
    reply.headers({
      'ratelimit-limit': String(allowance.limit),
      'ratelimit-remaining': String(allowance.remaining),
      'ratelimit-reset': String(allowance.resetSeconds),
    });
    if (!allowance.allowed) throw rateLimited(allowance, 'requests from one address');
  });
}
