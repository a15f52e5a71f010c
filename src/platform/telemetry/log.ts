import { pino, type DestinationStream, type Logger } from 'pino';

/** The structured log: one line per decision that matters, as an object and a short message. */
export type Log = Logger;

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
