import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';

/** Lifetimes that a cache may serve an expired response for, while it fetches a new one: a search of 10 s for 50 s more. */
const STALE_LIFETIMES = 5;

/** Directives of a response for all viewers, so that a CDN can hold it. */
export const publicCacheControl = (maxAgeSeconds: number): string =>
  `max-age=${maxAgeSeconds}, public, stale-while-revalidate=${STALE_LIFETIMES * maxAgeSeconds}`;

/** Weak: every encoding of the body has the same. */
export const etagOf = (body: string): string => `W/"${createHash('sha1').update(body).digest('base64url')}"`;

/** Answer a GET with the payload, or with 304 if the client has the body of this `etag` already. */
export function sendUnlessFresh<Payload>(
  request: FastifyRequest,
  reply: FastifyReply,
  etag: string,
  payload: Payload,
): Payload | '' {
  reply.header('etag', etag);
  // without `no-cache`, which browsers send beside a condition that a page has set
  if (!fresh({ 'if-none-match': request.headers['if-none-match'] }, { etag })) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-encoding');
  return '';
}
