import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { editsCatalogue } from '../../platform/auth/viewer.ts';
import { addVary } from '../../platform/http/vary.ts';
import type { Cacheability } from '../context.ts';
import { etagOf, publicCacheControl, sendUnlessFresh } from './conditional-get.ts';
import { ageOf, type CachedResponse, type ResponseCache } from './response-cache.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Cache key; null if the response may not be cached. */
    cacheKey: string | null;
    /** The entry to serve, if there is one. */
    cached: CachedResponse | null;
  }
}

/** Longer requests and headers are rare, and would fill the cache as keys. */
const MAX_KEY_LENGTH = 16_384;

/**
 * Serve cache hits of the scope's routes as bytes, before the request is parsed. Returns the function that route handlers
 * call with the way to build the response on a miss.
 */
export function serveFromCache(scope: FastifyInstance, cache: ResponseCache) {
  const parseJson = scope.getDefaultJsonParser('ignore', 'ignore');
  scope.decorateRequest('cacheKey', null);
  scope.decorateRequest('cached', null);
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    lookUp(cache, request, body);
    if (request.cached === null) void parseJson(request, body, done);
    else done(null);
  });
  scope.addHook('onRoute', ({ onSend }) => {
    if (Array.isArray(onSend)) onSend.push(keepEncoded); // after the compression hook
  });

  async function keepEncoded(
    request: FastifyRequest,
    reply: FastifyReply,
    payload: unknown,
  ): Promise<unknown> {
    const encoding = reply.getHeader('content-encoding');
    const accepted = request.headers['accept-encoding'];
    if (!request.cached || !accepted || typeof encoding !== 'string') return payload;
    const bytes = Buffer.isBuffer(payload) ? payload : await buffer(payload as Readable); // long bodies are compressed as a stream
    cache.storeEncoded(request.cached, accepted, { bytes, encoding });
    return bytes;
  }

  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    make: () => Promise<{ body: unknown; cacheability: Cacheability | null }>,
  ): Promise<unknown> => {
    if (request.method === 'GET') lookUp(cache, request, request.url);
    const key = request.cacheKey;
    if (request.cached === null && key !== null) {
      request.cached = cache.find(key); // it may have been stored while the request was parsed
      const inFlight = request.cached === null ? cache.inFlight(key) : null;
      if (inFlight !== null) request.cached = await inFlight; // no await without a response in flight: it would let two builds start
    }
    if (request.cached !== null) return sendCached(request.cached, request, reply);
    if (key === null) return answer(request, reply, await make());

    const pending = cache.begin(key);
    try {
      const made = await make();
      const { body, cacheability } = made;
      if (cacheability?.isUnavailable) request.cached = cache.findStale(key);
      if (request.cached !== null) return sendCached(request.cached, request, reply);
      if (
        cacheability?.publicMaxAgeSeconds != null &&
        !cacheability.isUntracked &&
        typeof body === 'string'
      ) {
        pending.store({
          body,
          contentType: String(reply.getHeader('content-type')),
          maxAgeSeconds: cacheability.publicMaxAgeSeconds,
          tags: cacheability.tags,
          operationName: request.operationName,
        });
      }
      return answer(request, reply, made);
    } finally {
      pending.end();
    }
  };
}

/** Caches on the way hold responses to GET alone. */
function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, cacheability }: { body: unknown; cacheability: Cacheability | null },
): unknown {
  if (request.method !== 'GET' || reply.statusCode !== 200 || typeof body !== 'string') return body;
  const maxAgeSeconds = cacheability?.publicMaxAgeSeconds;
  if (maxAgeSeconds != null && request.viewer === null)
    reply.header('cache-control', publicCacheControl(maxAgeSeconds));
  return sendUnlessFresh(request, reply, etagOf(body), body);
}

function lookUp(cache: ResponseCache, request: FastifyRequest, asked: string): void {
  request.cacheKey = cache.isOff ? null : keyOf(request, asked);
  if (request.cacheKey !== null) request.cached = cache.find(request.cacheKey);
}

/** Requests with the same key have the same response. Null: not cacheable. */
function keyOf({ method, headers, viewer }: FastifyRequest, asked: string): string | null {
  if (asked.length > MAX_KEY_LENGTH) return null;
  if (editsCatalogue(viewer)) return null; // organisers see their drafts, too
  // Apollo's CSRF prevention answers simple requests of foreign pages differently
  const mayBeForeign = !headers['x-apollo-operation-name'] && !headers['apollo-require-preflight'];
  const key = [method, headers['content-type'], headers.accept, mayBeForeign, asked].join('\n');
  return key.length > MAX_KEY_LENGTH ? null : key;
}

function sendCached(cached: CachedResponse, request: FastifyRequest, reply: FastifyReply): string | Buffer {
  reply.code(200); // a stale entry replaces an error
  request.operationName = cached.operationName;
  const { maxAgeSeconds, contentType } = cached;
  const isGet = request.method === 'GET';
  const scope = request.viewer === null ? 'public' : 'private';
  reply.headers({
    'content-type': contentType,
    'cache-control':
      isGet && scope === 'public' ? publicCacheControl(maxAgeSeconds) : `max-age=${maxAgeSeconds}, ${scope}`,
    age: String(Math.floor(ageOf(cached))),
  });
  const payload = encodedFor(cached, request, reply);
  return isGet ? sendUnlessFresh(request, reply, (cached.etag ??= etagOf(cached.body)), payload) : payload;
}

function encodedFor(cached: CachedResponse, request: FastifyRequest, reply: FastifyReply): string | Buffer {
  const encoded = cached.encoded.get(request.headers['accept-encoding'] ?? '');
  if (encoded === undefined) return cached.body;
  reply.header('content-encoding', encoded.encoding);
  addVary(reply, 'accept-encoding');
  return encoded.bytes;
}
