import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyServerOptions } from 'fastify';

import type { ErrorCode } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Platform } from '../index.ts';
import { errorEntry } from './public-error.ts';

/** What is answered before, or without, a request that Fastify sees. */
interface Rejection {
  status: number;
  code: ErrorCode;
  message: string;
}

/** Responses to errors of Node's HTTP parser. */
const STATUS: Record<string, [status: number, message: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are larger than this server takes.'],
};

/** Respond to malformed requests and to headers that are too large or too slow, and close the connection. */
export function answerClientErrors(
  platform: Pick<Platform, 'log' | 'metrics'>,
): NonNullable<FastifyServerOptions['clientErrorHandler']> {
  return (error: ConnectionError, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const [status, message] = STATUS[error.code] ?? [400, 'This is not an HTTP request.'];
    rejectSocket(platform, socket, { status, code: 'INVALID_REQUEST', message }, error.code);
  };
}

/** Respond on a socket, and close it; `reason` is for the log. */
export function rejectSocket(
  { log, metrics }: Pick<Platform, 'log' | 'metrics'>,
  socket: Socket,
  { status, code, message }: Rejection,
  reason: string,
): void {
  const requestId = newId();
  metrics.errors.inc({ code });
  log.debug({ requestId, reason, status }, 'request rejected before routing');
  if (socket.writable) {
    const body = JSON.stringify({ errors: [errorEntry(code, message, {}, requestId)] });
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nx-request-id: ${requestId}\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}
