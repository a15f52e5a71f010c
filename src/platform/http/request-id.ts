import type { IncomingMessage } from 'node:http';

import { newId } from '../ids.ts';

/** Long enough to be unique, short enough for a log line, and without characters that have a meaning in one. */
const VALID_REQUEST_ID = /^[\w.:-]{8,128}$/;

/** The id of a request: a valid `x-request-id` of the client, so that logs of both sides can be joined, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && VALID_REQUEST_ID.test(given) ? given : newId();
}
