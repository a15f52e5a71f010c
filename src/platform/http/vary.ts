import type { FastifyReply } from 'fastify';

/** Say that the answer depends on one more header of the request, beside those already said. */
export function addVary(reply: FastifyReply, header: string): void {
  const said = reply.getHeader('vary');
  reply.header('vary', said === undefined ? header : `${String(said)}, ${header}`);
}
