import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Platform } from '../index.ts';

/** A client can send the header, too: the balancer is among the first peers that did. */
const MAX_WARNINGS = 3;
/** Some proxies send the header empty. */
const NAMES_CLIENT = /[^\s,]/;

/**
 * Warn, once for each of the first peers, of a header that names another client and is not believed: behind a proxy that is
 * not in TRUST_PROXY all clients share the limits of one address.
 */
export function warnOfUntrustedProxies(server: FastifyInstance, { log }: Pick<Platform, 'log'>): void {
  const warned = new Set<string>();
  const warn = (header: 'x-forwarded-for' | 'forwarded', peer = 'unknown') => {
    if (warned.has(peer)) return;
    warned.add(peer);
    log.warn(
      { peer, header },
      header === 'forwarded'
        ? 'client address not read: only x-forwarded-for is, all clients of this peer share the limits of its address'
        : 'x-forwarded-for from an untrusted peer: if it is your proxy, add it to TRUST_PROXY, or all its clients share the limits of one address',
    );
  };
  server.addHook('onRequest', (request, _reply, done) => {
    const header = warned.size < MAX_WARNINGS ? ignoredHeader(request) : null;
    if (header !== null) warn(header, request.socket.remoteAddress);
    done();
  });
}

/** Fastify reads `x-forwarded-for` alone, and only from trusted peers. */
function ignoredHeader(request: FastifyRequest): 'x-forwarded-for' | 'forwarded' | null {
  const { headers } = request;
  if (NAMES_CLIENT.test(String(headers['x-forwarded-for'] ?? ''))) {
    const isTrusted = (request.ips ?? []).length > 1; // the peer and what it named
    return isTrusted ? null : 'x-forwarded-for';
  }
  return headers['forwarded'] === undefined ? null : 'forwarded';
}
