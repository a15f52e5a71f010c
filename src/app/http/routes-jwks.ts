import type { FastifyInstance } from 'fastify';
import type { JWK } from 'jose';

/** Publish the public keys of the development issuer, so that other programs can verify its tokens. */
export function addJwksRoute(server: FastifyInstance, jwks: { keys: JWK[] }): void {
  server.get('/.well-known/jwks.json', async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300');
    return jwks;
  });
}
