import type { FastifyReply } from 'fastify';

/** Add a request header to `Vary`. */
export function addVary(reply: FastifyReply, header: string): void {
  const current = reply.getHeader('vary');
  reply.header('vary', current === undefined ? header : `${String(current)}, ${header}`);
}
