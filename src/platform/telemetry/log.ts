import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

import { limitLines } from './line-limits.ts';

/** The structured log: one line per event, as an object and a short message. */
export type Log = Logger;

/** Log destination for a terminal: readable lines, coloured if supported. */
export const readableLines = (): DestinationStream =>
  PinoPretty({ sync: true, singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });

/** A message of the database quotes its statement with all values, which may be a request of 100 kB. */
const MAX_LOGGED_CHARACTERS = 4_000;

/** An error without what it carries beyond its description, such as the values of a statement. */
function serialiseError(error: unknown): unknown {
  if (!(error instanceof Error)) return truncate(String(error));
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as { code?: unknown };
  return {
    type,
    message: truncate(message),
    stack: truncate(stack),
    ...(typeof code === 'string' && { code: truncate(code) }),
  };
}

const truncate = (text: string): string =>
  text.length <= MAX_LOGGED_CHARACTERS ? text : `${text.slice(0, MAX_LOGGED_CHARACTERS)}…`;

/** Open the log. Tokens and card details are redacted in any logged object; warnings and errors are limited by message and kind of error. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    serializers: { err: serialiseError },
    hooks: { logMethod: limitLines() },
    redact: {
      paths: [
        'req.headers.authorization',
        'headers.authorization',
        'req.headers.cookie',
        '*.clientSecret',
        '*.paymentMethod',
        'token',
      ],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
