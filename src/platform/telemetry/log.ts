import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

/** The structured log: one line per event, as an object and a short message. */
export type Log = Logger;

/** Log destination for a terminal: readable lines, coloured if supported. */
export const readableLines = (): DestinationStream =>
  PinoPretty({ sync: true, singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });

/** Open the log. Tokens and card details are redacted in any logged object. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
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
