import type { IncomingMessage } from 'node:http';

import { newId } from '../ids.ts';

/** Long enough to be unique, short enough for a log line, and nothing that could pass for another part of it. */
const SANE = /^[\w.:-]{8,128}$/;

/** Name a request: as whoever sent it did in `x-request-id`, if that is a sane name, so that logs of both can be joined. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : newId();
}
