import { Readable } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';

import { CodedError } from '../errors.ts';

/**
 * Limit the body by the client's own limit, before any of it is read. The `bodyLimit` of the route is the largest of these
 * limits.
 */
export function limitBody(bytesFor: (request: FastifyRequest) => number): preParsingAsyncHookHandler {
  return async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw compressed(); // 1 kB can decompress to 1 GB
    const maxBytes = bytesFor(request);
    const length = request.headers['content-length'];
    if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
    return length === undefined ? Readable.from(limited(payload, maxBytes), { objectMode: false }) : payload;
  };
}

async function* limited(payload: AsyncIterable<Buffer>, maxBytes: number) {
  let bytes = 0;
  for await (const chunk of payload) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** The BODY_TOO_LARGE error. */
export function tooLarge(limitBytes: number): CodedError {
  return new CodedError('BODY_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`, { limitBytes });
}

function compressed(): Error {
  return Object.assign(new Error('Send the body uncompressed.'), { statusCode: 415 });
}
