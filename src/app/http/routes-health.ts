import type { FastifyInstance } from 'fastify';

import type { Metrics } from '../../platform/telemetry/metrics.ts';
import type { ReadinessProbe } from './readiness.ts';

/** `/livez` (restart the process?), `/readyz` (route requests to it?), `/metrics` (Prometheus). */
export function addHealthRoutes(
  server: FastifyInstance,
  { readiness, metrics }: { readiness: ReadinessProbe; metrics: Metrics },
): void {
  const probe = { config: { probe: true } };

  server.get('/livez', probe, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  });

  server.get('/readyz', probe, async (_request, reply) => {
    const answer = await readiness.read();
    const ready = answer.status === 'ready' || answer.status === 'degraded';
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(answer);
  });

  server.get('/metrics', probe, async (_request, reply) =>
    reply
      .type(metrics.registry.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.registry.metrics()),
  );
}
