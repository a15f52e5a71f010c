import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { addVary } from '../../platform/http/vary.ts';
import type { AnswerNotes } from '../context.ts';
import { ageOf, type CachedResponse, type ResponseCache } from './response-cache.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the answer is kept under, if it is of the kind that may be kept. */
    cacheKey: string | null;
    /** The answer, if it is there already. */
    cached: CachedResponse | null;
  }
}

/** Longer requests are rare, and hashing them takes longer than it saves. */
const LONGEST_REQUEST = 16_384;

/**
 * Let the routes of a scope answer from the cache: what is in it goes out as bytes, before anything of the request is
 * parsed. Returns what their handlers call, with the way to make the answer if it is not there.
 */
export function serveFromCache(scope: FastifyInstance, cache: ResponseCache) {
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  scope.decorateRequest('cacheKey', null);
  scope.decorateRequest('cached', null);
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    look(cache, request, body);
    if (request.cached === null) void parseJson(request, body, done);
    else done(null);
  });
  scope.addHook('onRoute', ({ onSend }) => {
    if (Array.isArray(onSend)) onSend.push(keepEncoded); // behind the hook that compresses
  });

  async function keepEncoded(
    request: FastifyRequest,
    reply: FastifyReply,
    payload: unknown,
  ): Promise<unknown> {
    const encoding = reply.getHeader('content-encoding');
    const accepted = request.headers['accept-encoding'];
    if (!request.cached || !accepted || typeof encoding !== 'string') return payload;
    const bytes = Buffer.isBuffer(payload) ? payload : await buffer(payload as Readable); // long ones are packed by and by
    cache.keepEncoded(request.cached, accepted, { bytes, encoding });
    return bytes;
  }

  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    make: () => Promise<{ body: unknown; notes: AnswerNotes | null }>,
  ): Promise<unknown> => {
    if (request.method === 'GET') look(cache, request, request.url);
    const key = request.cacheKey;
    if (request.cached === null && key !== null) {
      request.cached = cache.find(key); // it may have come while the request was parsed
      const awaited = request.cached === null ? cache.awaited(key) : null;
      if (awaited !== null) request.cached = await awaited; // and only then: two that wait for nothing both begin
    }
    if (request.cached !== null) return send(request.cached, request, reply);
    if (key === null) return (await make()).body;

    const making = cache.begin(key);
    try {
      const { body, notes } = await make();
      if (notes?.isUnavailable) request.cached = cache.findStale(key);
      if (request.cached !== null) return send(request.cached, request, reply);
      if (notes?.shareableForSeconds != null && !notes.changesUnheard && typeof body === 'string') {
        making.put({
          body,
          contentType: String(reply.getHeader('content-type')),
          maxAgeSeconds: notes.shareableForSeconds,
          dependsOn: notes.dependsOn,
          operationName: request.operationName,
        });
      }
      return body;
    } finally {
      making.end();
    }
  };
}

function look(cache: ResponseCache, request: FastifyRequest, asked: string): void {
  request.cacheKey = cache.isOff ? null : keyOf(request, asked);
  if (request.cacheKey !== null) request.cached = cache.find(request.cacheKey);
}

/** Two requests of one key have one answer. Null: it may not be kept. */
function keyOf({ method, headers, viewer }: FastifyRequest, asked: string): string | null {
  if (asked.length > LONGEST_REQUEST) return null;
  // organisers see drafts of theirs, and want to see at once what they have just changed
  if (viewer !== null && (viewer.roles.has('ORGANISER') || viewer.roles.has('ADMIN'))) return null;
  // the engine refuses what a foreign page could send without asking: see CSRF in the documentation of Apollo Server
  const mayBeForeign = !headers['x-apollo-operation-name'] && !headers['apollo-require-preflight'];
  return [method, headers['content-type'], headers.accept, mayBeForeign, asked].join('\n');
}

function send(cached: CachedResponse, request: FastifyRequest, reply: FastifyReply): string | Buffer {
  reply.code(200); // whatever became of a fresh one
  request.operationName = cached.operationName;
  const scope = request.viewer === null ? 'public' : 'private';
  reply.headers({
    'content-type': cached.contentType,
    'cache-control': `max-age=${cached.maxAgeSeconds}, ${scope}`,
    age: String(Math.floor(ageOf(cached))),
  });
  const encoded = cached.encoded.get(request.headers['accept-encoding'] ?? '');
  if (encoded === undefined) return cached.body;
  reply.header('content-encoding', encoded.encoding);
  addVary(reply, 'accept-encoding');
  return encoded.bytes;
}
