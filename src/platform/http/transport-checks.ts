import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

import { CodedError } from '../errors.ts';
import type { Platform } from '../index.ts';
import { rejectSocket } from './client-errors.ts';

const NO_ROUTE = 'There is no route for this path and method.';

/** The NOT_FOUND error of a request without a route. */
export const noRoute = (): CodedError => new CodedError('NOT_FOUND', NO_ROUTE);

/**
 * Refuse with an error in our format what Node or a plugin would refuse with an empty or a plain body. Node has to be opened
 * with `requireHostHeader: false`. Before the plugin for CORS, which answers OPTIONS.
 */
export function checkTransport(server: FastifyInstance, platform: Pick<Platform, 'log' | 'metrics'>): void {
  const { server: http } = server;
  http.on('checkExpectation', (request, response) => http.emit('request', request, response));
  http.on('connect', (_request, socket) => {
    socket.on('error', () => {}); // gone before the answer
    const rejection = { status: 404, code: 'NOT_FOUND', message: NO_ROUTE } as const;
    rejectSocket(platform, socket as Socket, rejection, 'CONNECT');
  });
  server.addHook('onRequest', async ({ method, headers, raw }) => {
    if (headers.host === undefined && raw.httpVersion === '1.1')
      throw invalid(400, 'The Host header is missing.');
    if (headers.expect !== undefined && !/\b100-continue\b/i.test(headers.expect))
      throw invalid(417, 'The only expectation that can be met is 100-continue.');
    const isPreflight = headers.origin && headers['access-control-request-method'];
    if (method === 'OPTIONS' && !isPreflight)
      throw invalid(
        400,
        'OPTIONS is answered to a CORS preflight alone, with Origin and Access-Control-Request-Method.',
      );
  });
}

/** Refuse a request without a route before its body is parsed, whose errors would hide that. */
export function refuseWithoutRoute(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ is404 }) => {
    if (is404) throw noRoute();
  });
}

/** A client error with a status of its own: INVALID_REQUEST. */
const invalid = (statusCode: number, message: string): Error =>
  Object.assign(new Error(message), { statusCode });
