import { LRUCache } from 'lru-cache';
import { levels, type LoggerOptions } from 'pino';

/** Of one message. What says less than 60 lines says as much as 60,000. */
const MAX_LINES_PER_MINUTE = 60;
/** Messages are constants of the code, and few. */
const MAX_MESSAGES = 1_000;
const WINDOW_MS = 60_000;

type LogMethodHook = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/**
 * Limit the lines of warnings and errors by message, as a request can cause some of them, and an outage one for each request.
 * The first line of a later minute has `suppressed`, the number of lines left out before. Alarms are not limited: each needs
 * an operator, and its line has the ids.
 */
export function limitLines(): LogMethodHook {
  const windows = new LRUCache<string, { beganAt: number; lines: number; suppressed: number }>({
    max: MAX_MESSAGES,
  });
  return function (args, method, level) {
    const [first, second] = args as unknown[];
    if (level < levels.values['warn']! || level > levels.values['error']! || isAlarm(first))
      return method.apply(this, args);
    const now = Date.now();
    const message = typeof first === 'string' ? first : second;
    const key = `${level} ${typeof message === 'string' ? message : ''}`;
    let window = windows.get(key);
    if (window === undefined) windows.set(key, (window = { beganAt: now, lines: 0, suppressed: 0 }));
    else if (now - window.beganAt >= WINDOW_MS || now < window.beganAt) {
      if (window.suppressed > 0) args = withSuppressed(args, window.suppressed);
      Object.assign(window, { beganAt: now, lines: 0, suppressed: 0 });
    }
    if (window.lines === MAX_LINES_PER_MINUTE) window.suppressed++;
    else {
      window.lines++;
      method.apply(this, args);
    }
  };
}

const isAlarm = (fields: unknown): boolean =>
  typeof fields === 'object' && fields !== null && 'alarm' in fields;

type LogArguments = Parameters<LogMethodHook>[0];

function withSuppressed(args: LogArguments, suppressed: number): LogArguments {
  const [first, ...rest] = args as [unknown, ...unknown[]];
  if (first instanceof Error) return [{ err: first, suppressed }, ...rest] as never;
  if (typeof first === 'object') return [{ ...first, suppressed }, ...rest] as never;
  return [{ suppressed }, first, ...rest] as never;
}
