import { Readable } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';

import { CodedError } from '../errors.ts';

/**
 * Limit the body to what this very client may send, before a byte of it is read. The route's own `bodyLimit` is the
 * limit of whoever may send most.
 */
export function limitBody(bytesFor: (request: FastifyRequest) => number): preParsingAsyncHookHandler {
  return async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw compressed(); // a kilobyte can hide a gigabyte
    const most = bytesFor(request);
    const length = request.headers['content-length'];
    if (Number(length ?? 0) > most) throw tooLarge(most);
    return length === undefined ? Readable.from(atMost(payload, most), { objectMode: false }) : payload;
  };
}

async function* atMost(payload: AsyncIterable<Buffer>, most: number) {
  let bytes = 0;
  for await (const chunk of payload) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge(most);
    yield chunk;
  }
}

/** What whoever sends more is told. */
export function tooLarge(limitBytes: number): CodedError {
  return new CodedError('BODY_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`, { limitBytes });
}

function compressed(): Error {
  return Object.assign(new Error('Send the body uncompressed.'), { statusCode: 415 });
}
