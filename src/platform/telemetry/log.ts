import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

/** The structured log: one line per decision that matters, as an object and a short message. */
export type Log = Logger;

/** For eyes rather than machines: a line of words, in colour where the terminal has any. */
export const readableLines = (): DestinationStream =>
  PinoPretty({ sync: true, singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });

/** Open the log. Tokens and card details never reach a line, whoever logs the object that holds them. */
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
